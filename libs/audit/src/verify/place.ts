import { comparePositions, type Position } from '#event-store';

/** A place in the log, or before all of it. */
export type Place = Position | 'start';

export function isBefore(place: Place, other: Place): boolean {
  if (other === 'start') return false;
  return place === 'start' || comparePositions(place, other) < 0;
}
