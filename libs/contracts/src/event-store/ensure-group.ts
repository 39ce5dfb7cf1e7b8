import {
  END,
  PersistentSubscriptionExistsError,
  persistentSubscriptionToAllSettingsFromDefaults,
  START,
  streamNameFilter,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { positionOf } from '../position.js';
import { licenseStreamPrefix } from './ledger-log.js';

/**
 * Makes the persistent subscription `group` of every license's events, unless it is there: behind `start`, `end`, or a
 * position. The server keeps how far it has come, for all the consumers that share it.
 */
export async function ensureGroup(client: EventStoreDBClient, group: string, after = 'start'): Promise<void> {
  const startFrom = after === 'start' ? START : after === 'end' ? END : positionOf(after);
  if (startFrom === null) throw new Error(`'${after}' is not a position of the ledger's log.`);
  const settings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom });
  const filter = streamNameFilter({ prefixes: [licenseStreamPrefix] });
  try {
    await client.createPersistentSubscriptionToAll(group, settings, { filter });
  } catch (error) {
    if (!(error instanceof PersistentSubscriptionExistsError)) throw error;
  }
}
