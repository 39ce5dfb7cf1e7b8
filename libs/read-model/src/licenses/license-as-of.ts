import type { EventStore } from '#event-store';
import { evolve, type LicenseHistory } from '#license';
import { licenseFacts } from '../as-of/license-facts.js';
import type { Moment } from '../as-of/moment.js';
import type { FoldedLicense } from '../ledger/view.js';

/**
 * A license as it stood at a moment, folded from its events; `null` before it began. What time had made due by then
 * counts from its own moment, however late it was recorded, unless the moment says what had been recorded.
 */
export async function licenseAsOf(
  store: EventStore,
  licenseId: string,
  moment: Moment,
): Promise<Pick<FoldedLicense, 'state' | 'revision'> | null> {
  let state: LicenseHistory = null;
  let revision = -1;
  for await (const fact of licenseFacts(store, licenseId, moment)) {
    state = evolve(state, fact.event);
    revision = fact.revision;
  }
  return state && { state, revision };
}
