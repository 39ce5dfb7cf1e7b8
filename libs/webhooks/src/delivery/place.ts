import { formatPosition, parsePosition } from '#event-store';
import type { Place } from '#feed';

export const formatPlace = (place: Place): string => (place === 'start' ? place : formatPosition(place));

export const parsePlace = (text: string): Place => parsePosition(text) ?? 'start';
