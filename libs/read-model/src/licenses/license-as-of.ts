import type { Instant } from '#calendar';
import type { EventStore } from '#event-store';
import { decodeEvent, evolve, licenseStream, type LicenseHistory } from '#license';
import type { FoldedLicense } from '../ledger/view.js';

/**
 * A license as it stood at a moment of business time, folded from its events; `null` before it began. What time had
 * made due by then counts from its own moment, however late it was recorded.
 */
export async function licenseAsOf(
  store: EventStore,
  licenseId: string,
  asOf: Instant,
): Promise<Pick<FoldedLicense, 'state' | 'revision'> | null> {
  let state: LicenseHistory = null;
  let revision = -1;
  for await (const recorded of store.readStream(licenseStream(licenseId))) {
    const { type, data, metadata } = recorded;
    const event = decodeEvent({ type, version: metadata.schemaVersion, data });
    // A license's business time never goes back.
    if (event.data.effectiveAt > asOf) break;
    state = evolve(state, event);
    revision = Number(recorded.revision);
  }
  return state && { state, revision };
}
