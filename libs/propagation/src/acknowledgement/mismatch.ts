import type { Refusal } from '#contracts';
import { seatsAt, type EntitlementHistory } from '../history/entitlement-history.js';
import type { Acknowledged } from './propagations.js';

/** What is wrong with an acknowledgement; null when the license has had these seats at this revision. */
export function mismatchOf(history: EntitlementHistory, { revision, seats }: Acknowledged): Refusal | null {
  const expected = seatsAt(history, revision);
  const found = { expectedSeats: expected, revision: history.revision };
  if (expected === null) {
    const detail = `Revision ${revision} was acknowledged, but the license is at revision ${history.revision}. Fetch the entitlement again.`;
    return { code: 'entitlement-mismatch', detail, ...found };
  }
  if (seats === expected) return null;
  const detail = `${seats} seats were acknowledged at revision ${revision}, which has ${expected}. Apply the entitlement and acknowledge again.`;
  return { code: 'entitlement-mismatch', detail, ...found };
}
