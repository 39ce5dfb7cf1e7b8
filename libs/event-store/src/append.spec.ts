import { randomUUID } from 'node:crypto';
import type { AppendRequest } from './append-message.js';
import { EventStoreBusy, EventStoreRejected } from './errors.js';
import type { EventStore } from './event-store.js';
import type { RecordedEvent } from './recorded-event.js';
import { collect, StoreFixture } from './spec-support/store-fixture.js';

describe('EventStore.append', () => {
  let fixture: StoreFixture;
  let store: EventStore;
  let stream: string;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    stream = `notes-${randomUUID()}`;
  });

  const noted = (expectedRevision: bigint, count = 1, json = '{"text":"é"}'): AppendRequest => ({
    stream,
    expectedRevision,
    events: Array.from({ length: count }, () => ({ id: randomUUID(), type: 'Noted', json, metadataJson: '{}' })),
  });

  it('writes the events together, and says where they stand', async () => {
    const request = noted(-1n, 3);
    const answer = await store.append(request);
    const events = await collect(store.readStream(stream));
    expect(events.map(({ id, revision, data }) => ({ id, revision, data }))).toEqual(
      request.events.map(({ id }, index) => ({ id, revision: BigInt(index), data: { text: 'é' } })),
    );
    expect(answer).toEqual({ written: true, revision: 2n, position: events[2]?.position });
    expect(events[0]?.recordedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('tells of a copied event when the first store recorded it, wherever it is read', async () => {
    const metadataJson = '{"commandId":"c","copiedFrom":{"recordedAt":"2020-02-29T12:00:00.123Z"}}';
    const [copied] = noted(-1n).events;
    await store.append({ stream, expectedRevision: -1n, events: [{ ...copied!, metadataJson }, ...noted(0n).events] });
    const [first, second] = await collect(store.readStream(stream));
    expect(first?.recordedAt).toEqual(new Date('2020-02-29T12:00:00.123Z'));
    expect(first?.metadata.commandId).toBe('c');
    expect(second?.recordedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    const subscribed = store.subscribeToAll({
      from: 'start',
      prefixes: [stream],
      signal: AbortSignal.timeout(10_000),
      batch: { maxEvents: 2, maxWaitMs: 10_000 },
    });
    let delivered: RecordedEvent | undefined;
    for await (const { events } of subscribed) {
      delivered ??= events[0];
      if (delivered) break;
    }
    expect(delivered?.recordedAt).toEqual(first?.recordedAt);
  });

  it('answers a repeat with the first answer: a repeated id with its expected revision is not written again', async () => {
    const request = noted(-1n, 2);
    const first = await store.append(request);
    await store.append(noted(1n));
    await expect(store.append(request)).resolves.toEqual(first);
    expect(await collect(store.readStream(stream))).toHaveLength(3);
  });

  it.each(['', '&throwOnAppendFailure=false'])(
    'tells a conflict from a success (connection string …%s)',
    async (more) => {
      const other = fixture.connect({}, fixture.connectionString + more);
      await other.append(noted(-1n));
      await expect(other.append(noted(-1n))).resolves.toEqual({ written: false });
      await expect(other.append(noted(5n))).resolves.toEqual({ written: false });
      expect(await collect(store.readStream(stream))).toHaveLength(1);
    },
  );

  it('says that an append is too large, at once: repeating it would not help', async () => {
    await expect(store.append(noted(-1n, 1, JSON.stringify('x'.repeat(2 * 1024 * 1024))))).rejects.toThrow(
      EventStoreRejected,
    );
    await expect(store.append(noted(-1n))).resolves.toMatchObject({ written: true });
  });

  it('bounds what is under way: the rest is told to come again', async () => {
    const narrow = fixture.connect({ maxAppendsInFlight: 2 });
    const settled = await Promise.allSettled([-1n, -1n, -1n].map((expected) => narrow.append(noted(expected))));
    expect(settled[2]).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreBusy) });
    expect(settled.slice(0, 2).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await expect(narrow.append(noted(5n))).resolves.toEqual({ written: false });
  });
});

describe('EventStore.readAll', () => {
  let fixture: StoreFixture;
  let store: EventStore;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
    for (const name of ['a', 'b', 'a', 'b']) {
      const event = { id: randomUUID(), type: 'Noted', json: '{}', metadataJson: '{}' };
      await store.append({ stream: `${name}-${randomUUID()}`, expectedRevision: -1n, events: [event] });
    }
  });
  afterAll(() => fixture.close());

  it('reads on after a position, as subscriptions do, and leaves out the store’s own streams', async () => {
    const all = await collect(store.readAll());
    expect(all.map(({ stream }) => stream[0])).toEqual(['a', 'b', 'a', 'b']);
    const rest = await collect(store.readAll({ after: all[1]!.position }));
    expect(rest.map(({ id }) => id)).toEqual(all.slice(2).map(({ id }) => id));
  });

  it('reads the wanted streams, as many events as asked for', async () => {
    const some = await collect(store.readAll({ prefixes: ['b-'], maxCount: 1 }));
    expect(some.map(({ stream }) => stream[0])).toEqual(['b']);
    expect(await collect(store.readAll({ prefixes: ['c-'] }))).toEqual([]);
  });

  it('knows the end of the log', async () => {
    const [last] = (await collect(store.readAll())).slice(-1);
    await expect(store.lastPosition()).resolves.toEqual(last?.position);
  });
});
