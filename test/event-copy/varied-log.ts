import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { EventStore, type AppendAnswer, type ProposedBytes } from '#event-store';

export interface VariedLog {
  /** Events that a copy has to copy one by one. */
  readonly eventCount: number;
  readonly streams: readonly string[];
}

/** Writes a log of many streams, with every kind of content that a store can hold, in an order that the seed decides. */
export async function writeVariedLog(
  connectionString: string,
  size: { readonly streams: number; readonly appends: number },
  random: () => number,
): Promise<VariedLog> {
  const store = new EventStore(connectionString, { appendTimeoutMs: 30_000 });
  const client = EventStoreDBClient.connectionString(connectionString);
  const streams = Array.from({ length: size.streams }, (_, index) => `account-${index}`);
  const revisions = new Map<string, bigint>();
  let eventCount = 0;
  let underWay: Promise<AppendAnswer>[] = [];
  for (let turn = 0; turn < size.appends; turn++) {
    const stream = streams[Math.floor(random() * streams.length)] ?? '';
    const expectedRevision = revisions.get(stream) ?? -1n;
    const events = Array.from({ length: 1 + Math.floor(random() * 3) }, () => anyEvent(random));
    underWay.push(store.append({ stream, expectedRevision, events }));
    revisions.set(stream, expectedRevision + BigInt(events.length));
    eventCount += events.length;
    // The first alone, as it opens the call: after that, appends arrive in the order in which they were sent.
    if (turn === 0 || turn === size.appends - 1 || underWay.length >= 100) {
      const answers = await Promise.all(underWay);
      if (answers.some(({ written }) => !written)) throw new Error('An append of the log met a conflict.');
      underWay = [];
    }
  }

  await client.setStreamMetadata('account-0', { maxCount: 2 });
  await client.deleteStream('account-1');
  await client.deleteStream('account-2');
  await client.appendToStream('account-2', jsonEvent({ type: 'Revived', data: {} }));
  await client.tombstoneStream('account-3');
  const defaults = persistentSubscriptionToStreamSettingsFromDefaults();
  await client.createPersistentSubscriptionToStream('account-4', 'auditors', defaults);
  await Promise.all([client.dispose(), store.close()]);
  return { eventCount: eventCount + 2, streams: streams.filter((stream) => revisions.has(stream)) };
}

function anyEvent(random: () => number): ProposedBytes {
  const n = Math.floor(random() * 1_000);
  const data = [
    `{"n":${n}}`,
    `{ "n" : ${n}, "exact" : 9007199254740993 }`,
    `"${'ü'.repeat(n)}"`,
    `not JSON ${n}`,
    `${n % 2}@account-5`,
  ];
  const metadata = ['', '{}', `{"about":${n},"$correlationId":"${randomUUID()}"}`, '"text"', '\u0000\u00ff'];
  const kind = Math.floor(random() * data.length);
  return {
    id: randomUUID(),
    type: kind === 4 ? '$>' : `Kind${kind}`,
    isJson: kind < 4 && random() < 0.8,
    data: Buffer.from(data[kind] ?? ''),
    metadata: Buffer.from(metadata[Math.floor(random() * metadata.length)] ?? '', 'latin1'),
  };
}
