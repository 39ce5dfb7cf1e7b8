import { comparePositions, type Position } from '#event-store';

/** A position in the log, or the place before everything. */
export type Place = Position | 'start';

/** Negative when `a` stands before `b`, 0 when equal, positive when after. */
export function comparePlaces(a: Place, b: Place): number {
  if (a === 'start' || b === 'start') return (a === 'start' ? 0 : 1) - (b === 'start' ? 0 : 1);
  return comparePositions(a, b);
}

export const laterOf = (a: Place, b: Place): Place => (comparePlaces(a, b) >= 0 ? a : b);
