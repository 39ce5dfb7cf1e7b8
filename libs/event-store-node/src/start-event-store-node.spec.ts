import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  END,
  EventStoreDBClient,
  jsonEvent,
  START,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { startEventStoreNode, type EventStoreNode } from './start-event-store-node.js';

const folder = mkdtempSync(join(tmpdir(), 'event-store-node-'));
let node: EventStoreNode;
let client: EventStoreDBClient;

beforeAll(async () => {
  node = await startEventStoreNode({ dataFolder: folder, appendBytesMax: 10_000 });
  client = EventStoreDBClient.connectionString(node.connectionString);
});
afterAll(async () => {
  await client.dispose();
  await node.stop();
  rmSync(folder, { recursive: true });
});

let streams = 0;
const newStream = () => `spec-${(streams += 1)}`;
const events = (...numbers: number[]) => numbers.map((n) => jsonEvent({ type: 'Counted', data: { n } }));

async function numbersOf(reading: AsyncIterable<{ event?: { data: unknown } | undefined }>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { event } of reading) numbers.push((event?.data as { n: number }).n);
  return numbers;
}

describe('event store node, as its client sees it', () => {
  it('appends and reads in both directions', async () => {
    const stream = newStream();
    const first = await client.appendToStream(stream, events(1, 2, 3), { expectedRevision: 'no_stream' });
    const second = await client.appendToStream(stream, events(4), { expectedRevision: first.nextExpectedRevision });
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([2n, 3n]);
    expect(await numbersOf(client.readStream(stream))).toEqual([1, 2, 3, 4]);
    expect(await numbersOf(client.readStream(stream, { fromRevision: 1n, maxCount: 2 }))).toEqual([2, 3]);
    expect(
      await numbersOf(client.readStream(stream, { direction: 'backwards', fromRevision: END, maxCount: 2 })),
    ).toEqual([4, 3]);
  });

  it('appends by the call without a batch as well', async () => {
    const stream = newStream();
    const credentials = { username: 'admin', password: 'changeit' };
    const { nextExpectedRevision } = await client.appendToStream(stream, events(1, 2), { credentials });
    expect(nextExpectedRevision).toBe(1n);
    await expect(client.appendToStream(stream, events(3), { credentials, expectedRevision: 0n })).rejects.toMatchObject(
      { type: 'wrong-expected-version', expectedVersion: 0n, actualVersion: 1n },
    );
  });

  it('refuses a wrong expected revision and answers a repetition with the original', async () => {
    const stream = newStream();
    const [event] = events(1);
    const original = await client.appendToStream(stream, event!, { expectedRevision: 'no_stream' });
    expect(await client.appendToStream(stream, event!, { expectedRevision: 'no_stream' })).toEqual(original);
    expect(await client.appendToStream(stream, event!)).toEqual(original);
    await expect(client.appendToStream(stream, events(2), { expectedRevision: 'no_stream' })).rejects.toThrow(
      WrongExpectedVersionError,
    );
    expect(await numbersOf(client.readStream(stream))).toEqual([1]);
  });

  it('refuses more bytes than an append may hold', async () => {
    const large = jsonEvent({ type: 'Large', data: { pad: 'x'.repeat(11_000) } });
    await expect(client.appendToStream(newStream(), large)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 10_000,
    });
  });

  it('does not find a stream that was never written', async () => {
    await expect(numbersOf(client.readStream(newStream()))).rejects.toThrow(StreamNotFoundError);
  });

  it('reads all streams in the order of their positions', async () => {
    const [one, other] = [newStream(), newStream()];
    const { position } = await client.appendToStream(one, events(1));
    await client.appendToStream(other, events(2));
    const last = await client.appendToStream(one, events(3));
    expect(await numbersOf(client.readAll({ fromPosition: position! }))).toEqual([1, 2, 3]);
    expect(
      await numbersOf(client.readAll({ fromPosition: last.position!, direction: 'backwards', maxCount: 2 })),
    ).toEqual([2, 1]);
    expect(await numbersOf(client.readAll({ fromPosition: END, direction: 'backwards', maxCount: 2 }))).toEqual([3, 2]);
  });

  it('subscribes to a stream behind a revision and stays live', async () => {
    const stream = newStream();
    await client.appendToStream(stream, events(1, 2));
    const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
    const caughtUp = new Promise((resolve) => subscription.once('caughtUp', resolve));
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { event } of subscription) {
        seen.push((event?.data as { n: number }).n);
        if (seen.length === 2) break;
      }
    })();
    await caughtUp;
    await client.appendToStream(newStream(), events(9));
    await client.appendToStream(stream, events(3));
    await reading;
    expect(seen).toEqual([2, 3]);
  });

  it('subscribes to all streams by a filter, with checkpoints and word of having caught up', async () => {
    const prefix = newStream();
    const { position } = await client.appendToStream(newStream(), events(0));
    for (const n of [1, 2, 3]) await client.appendToStream(`${prefix}-${n % 2}`, events(n));
    const last = await client.appendToStream(newStream(), events(0));
    const checkpoints: bigint[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: [prefix],
        checkpointInterval: 1,
        maxSearchWindow: 2,
        checkpointReached: (_, { commit }) => void checkpoints.push(commit),
      }),
    });
    const caughtUp = new Promise((resolve) => subscription.once('caughtUp', resolve));
    const seen: number[] = [];
    subscription.on('data', ({ event }) => seen.push((event?.data as unknown as { n: number }).n));
    await caughtUp;
    const end = last.position!.commit;
    expect(seen).toEqual([1, 2, 3]);
    expect(checkpoints).toEqual([end - 2n, end, end]);
    await subscription.unsubscribe();
  });

  it('keeps everything over a restart, and ends subscriptions with word of it', async () => {
    const own = mkdtempSync(join(tmpdir(), 'event-store-node-'));
    const before = await startEventStoreNode({ dataFolder: own });
    const writer = EventStoreDBClient.connectionString(before.connectionString);
    const { position } = await writer.appendToStream('kept', events(1, 2));
    const subscription = writer.subscribeToAll({ fromPosition: START });
    const ended = new Promise((resolve) => subscription.once('error', resolve));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await before.stop();
    expect(await ended).toMatchObject({ type: 'cancelled' });

    const after = await startEventStoreNode({ dataFolder: own });
    const reader = EventStoreDBClient.connectionString(after.connectionString);
    expect(await numbersOf(reader.readStream('kept'))).toEqual([1, 2]);
    const next = await reader.appendToStream('kept', events(3), { expectedRevision: 1n });
    expect(next.position!.commit).toBe(position!.commit + 1n);
    await Promise.all([writer.dispose(), reader.dispose()]);
    await after.stop();
    rmSync(own, { recursive: true });
  });

  it('refuses a folder in use, a folder of something else, and a public address', async () => {
    await expect(startEventStoreNode({ dataFolder: folder })).rejects.toThrow(`in use by process ${process.pid}`);
    const foreign = mkdtempSync(join(tmpdir(), 'event-store-node-'));
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    await expect(startEventStoreNode({ dataFolder: foreign })).rejects.toThrow('holds no event store');
    await expect(startEventStoreNode({ dataFolder: join(foreign, 'new'), host: '0.0.0.0' })).rejects.toThrow('TLS');
    rmSync(foreign, { recursive: true });
  });
});
