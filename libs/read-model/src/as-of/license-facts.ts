import type { EventStore } from '#event-store';
import { decodeEvent, licenseStream, type RecordedFact } from '#license';
import { counts, type Moment } from './moment.js';

/**
 * The events of a license in their order, of a past moment only those that count at it. They are the beginning of its
 * stream: a license's business time never goes back, and an event is known only together with those before it.
 */
export async function* licenseFacts(
  store: EventStore,
  licenseId: string,
  moment?: Moment,
): AsyncGenerator<RecordedFact, void, undefined> {
  for await (const recorded of store.readStream(licenseStream(licenseId))) {
    const { id, stream, type, data, metadata } = recorded;
    const event = decodeEvent({ type, version: metadata.schemaVersion, data });
    const { effectiveAt } = event.data;
    const recordedAt = recorded.recordedAt.toISOString();
    if (moment && !counts({ effectiveAt, recordedAt }, moment)) return;
    yield { event, id, stream, revision: Number(recorded.revision), recordedAt, actor: metadata.actor };
  }
}

/** Whether the license had begun, and was known, at the moment. */
export async function hasFacts(store: EventStore, licenseId: string, moment: Moment): Promise<boolean> {
  const facts = licenseFacts(store, licenseId, moment);
  try {
    return (await facts.next()).done !== true;
  } finally {
    await facts.return();
  }
}
