import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreUnavailable } from './errors.js';
import type { EventStore } from './event-store.js';
import { Repository } from './repository.js';
import { add, counter, request } from './spec-support/counter.js';
import { startEndingServer } from './spec-support/ending-server.js';
import { collect, StoreFixture, until } from './spec-support/store-fixture.js';
import type { TcpProxy } from './spec-support/tcp-proxy.js';

describe('An outage', () => {
  let fixture: StoreFixture;
  let direct: EventStore;
  let proxy: TcpProxy;
  let stream: string;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    direct = fixture.connect();
  });
  afterAll(() => fixture.close());
  beforeEach(async () => {
    stream = `counter-${randomUUID()}`;
    proxy = await fixture.proxy();
  });

  const written = () => collect(direct.readStream(stream));
  const impatient = { appendTimeoutMs: 150, readTimeoutMs: 150, patienceMs: 300 };
  const patient = { appendTimeoutMs: 150, readTimeoutMs: 150, patienceMs: 10_000 };

  it('of the answer alone: what was written is found by its event ids, and is not written again', async () => {
    const counters = new Repository(fixture.connect(patient, proxy.connectionString), counter);
    await counters.execute(stream, request('a'), add(1));
    proxy.mute();
    const executing = counters.execute(stream, request('b'), add(2));
    await until('it is written', async () => (await written()).length === 2);
    proxy.cut();
    proxy.heal();
    await expect(executing).resolves.toMatchObject({
      kind: 'accepted',
      state: { total: 3 },
      revision: 1n,
      repeated: false,
    });
    expect(await written()).toHaveLength(2);
  });

  it('of the request, while somebody else writes: it can never be written any more, so it is decided again', async () => {
    const counters = new Repository(fixture.connect(patient, proxy.connectionString), counter);
    await counters.execute(stream, request('a'), add(1));
    proxy.deafen();
    const executing = counters.execute(stream, request('b'), add(2));
    await new Repository(direct, counter).execute(stream, request('c'), add(10));
    proxy.cut();
    proxy.heal();
    await expect(executing).resolves.toMatchObject({ before: { total: 11 }, state: { total: 13 }, revision: 2n });
    expect((await written()).map(({ metadata }) => metadata.commandId)).toEqual(['a', 'c', 'b']);
  });

  it('that lasts: unavailable, with advice; repeating the command later is safe', async () => {
    const counters = new Repository(fixture.connect(impatient, proxy.connectionString), counter);
    await counters.execute(stream, request('a'), add(1));
    proxy.mute();
    const executing = counters.execute(stream, request('b'), add(2));
    await expect(executing).rejects.toThrow(EventStoreUnavailable);
    await expect(executing).rejects.toThrow(/Repeat the request with the same key/);
    proxy.cut();
    proxy.heal();
    await until('the store is back', () =>
      counters.load(stream).then(
        () => true,
        () => false,
      ),
    );
    await expect(counters.execute(stream, request('b'), add(2))).resolves.toMatchObject({ state: { total: 3 } });
    expect(await written()).toHaveLength(2);
  });

  it('before anything was sent: the command waits for a store that comes back in time', async () => {
    const counters = new Repository(fixture.connect(patient, proxy.connectionString), counter);
    await counters.execute(stream, request('a'), add(1));
    proxy.cut();
    const executing = counters.execute(stream, request('b'), add(2));
    await until('it has been noticed', async () => (await written()).length === 1);
    proxy.heal();
    await expect(executing).resolves.toMatchObject({ kind: 'accepted', revision: 1n });
    expect(await written()).toHaveLength(2);
  });

  it('before a stream was read: the command on it waits as well', async () => {
    await new Repository(direct, counter).execute(stream, request('a'), add(1));
    const counters = new Repository(fixture.connect(patient, proxy.connectionString), counter);
    proxy.cut();
    const executing = counters.execute(stream, request('b'), add(2));
    await until('it was turned away', () => proxy.refused > 0);
    proxy.heal();
    await expect(executing).resolves.toMatchObject({ kind: 'accepted', state: { total: 3 }, revision: 1n });
  });

  it('in the middle of reading a stream: the read goes on behind the last event that came', async () => {
    const json = JSON.stringify('x'.repeat(20_000));
    const events = Array.from({ length: 40 }, () => ({ id: randomUUID(), type: 'Noted', json, metadataJson: '{}' }));
    await direct.append({ stream, expectedRevision: -1n, events });
    const store = fixture.connect(patient, proxy.connectionString);
    const revisions: bigint[] = [];
    for await (const { revision } of store.readStream(stream, { from: 2n, maxCount: 30 })) {
      if (revisions.push(revision) !== 5) continue;
      proxy.cut();
      proxy.heal();
    }
    expect(revisions).toEqual(Array.from({ length: 30 }, (_, index) => BigInt(index + 2)));
  });

  it('in the middle of 200 commands over 20 streams: none is lost, none is doubled', async () => {
    const counters = new Repository(fixture.connect(patient, proxy.connectionString), counter);
    const streams = Array.from({ length: 20 }, () => `counter-${randomUUID()}`);
    let answered = 0;
    const outcomes = Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const outcome = await counters.execute(streams[index % 20]!, request(`command ${index}`), add(1));
        answered++;
        return outcome;
      }),
    );
    for (const after of [20, 90]) {
      await until(`${after} are answered`, () => answered >= after);
      proxy.cut();
      proxy.heal();
    }
    expect((await outcomes).every(({ kind }) => kind === 'accepted')).toBe(true);
    for (const each of streams) {
      const commands = (await collect(direct.readStream(each))).map(({ metadata }) => metadata.commandId);
      expect(commands).toHaveLength(10);
      expect(new Set(commands).size).toBe(10);
    }
  });

  it('of one client leaves the others alone: no process-wide promise bank', async () => {
    const behindProxy = fixture.connect(impatient, proxy.connectionString);
    const other = `counter-${randomUUID()}`;
    await new Repository(behindProxy, counter).execute(stream, request('a'), add(1));
    proxy.mute();
    const lost = behindProxy.append({
      stream,
      expectedRevision: 0n,
      events: [{ id: randomUUID(), type: 'Added', json: '{"by":1}', metadataJson: '{}' }],
    });
    const settled = expect(lost).rejects.toThrow(EventStoreUnavailable);
    const counters = new Repository(direct, counter);
    let running = true;
    const outcomes: unknown[] = [];
    const working = (async () => {
      for (let index = 0; running; index++) {
        outcomes.push((await counters.execute(other, request(`command ${index}`), add(0.001))).kind);
      }
    })();
    await until('the other client is at work', () => outcomes.length > 5);
    proxy.cut();
    await settled;
    const before = outcomes.length;
    await until('the other client went on', () => outcomes.length > before + 5);
    running = false;
    await working;
    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
    expect(await collect(direct.readStream(other))).toHaveLength(outcomes.length);
  });

  it('with writes waiting for the wire: each append is settled, and no rejection is left to end the process', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note).on('uncaughtException', note);
    const store = fixture.connect({ patienceMs: 10_000 }, proxy.connectionString);
    let answered = 0;
    const appends = Array.from({ length: 300 }, async () => {
      const event = { id: randomUUID(), type: 'Noted', json: JSON.stringify('x'.repeat(20_000)), metadataJson: '{}' };
      const answer = await store.append({ stream: `notes-${randomUUID()}`, expectedRevision: -1n, events: [event] });
      answered++;
      return answer.written;
    });
    await until('the first are answered', () => answered > 0);
    proxy.cut();
    proxy.heal();
    expect(new Set(await Promise.all(appends))).toEqual(new Set([true]));
    process.off('unhandledRejection', note).off('uncaughtException', note);
    expect(unhandled).toEqual([]);
  });

  it('that looks like a clean end of the call: the append is unavailable, not pending for ever', async () => {
    const server = await startEndingServer();
    const store = fixture.connect({ appendTimeoutMs: 60_000, patienceMs: 100 }, server.connectionString);
    const event = { id: randomUUID(), type: 'Noted', json: '{}', metadataJson: '{}' };
    await expect(store.append({ stream, expectedRevision: -1n, events: [event] })).rejects.toThrow(
      EventStoreUnavailable,
    );
    await server.close();
  });

  it('shows in the health check, in time and without throwing', async () => {
    const store = fixture.connect({}, proxy.connectionString);
    await expect(store.health()).resolves.toMatchObject({ available: true, error: null });
    proxy.mute();
    const startedAt = performance.now();
    await expect(store.health(200)).resolves.toMatchObject({ available: false, lastPosition: null });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('does not let a read hang: the client sets no deadline, so ours ends it', async () => {
    const store = fixture.connect({ readTimeoutMs: 150, patienceMs: 100 }, proxy.connectionString);
    await store.health();
    proxy.mute();
    await expect(collect(store.readStream(stream))).rejects.toThrow(EventStoreUnavailable);
    await expect(collect(store.readAll())).rejects.toThrow(EventStoreUnavailable);
  });

  it('needs the members that the client keeps to its own modules: a new version of it must still have them', () => {
    const client = EventStoreDBClient.connectionString(fixture.connectionString) as unknown as Record<string, unknown>;
    expect([typeof client['GRPCStreamCreator'], typeof client['callArguments']]).toEqual(['function', 'function']);
  });
});
