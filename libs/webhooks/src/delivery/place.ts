import { formatPosition, parsePosition, type Position } from '#event-store';

/** A position in the log, or the place before everything. */
export type Place = Position | 'start';

export const formatPlace = (place: Place): string => (place === 'start' ? place : formatPosition(place));

export const parsePlace = (text: string): Place => parsePosition(text) ?? 'start';
