import { randomUUID } from 'node:crypto';
import { EventStoreBusy, EventStoreRejected } from './errors.js';
import type { EventStore } from './event-store.js';
import { Repository } from './repository.js';
import { add, counter, request } from './spec-support/counter.js';
import { collect, StoreFixture } from './spec-support/store-fixture.js';

describe('Repository', () => {
  let fixture: StoreFixture;
  let store: EventStore;
  let stream: string;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    stream = `counter-${randomUUID()}`;
  });

  const repository = (): Repository<ReturnType<typeof counter.evolve>, Parameters<typeof counter.evolve>[1]> =>
    new Repository(store, counter);
  const recorded = () => collect(store.readStream(stream));

  it('finds the initial state at revision -1 where there is no stream', async () => {
    await expect(repository().load(stream)).resolves.toEqual({ state: counter.initial, revision: -1n, position: null });
  });

  it('records what a decision brings about, and answers with the state before and after', async () => {
    const counters = repository();
    await counters.execute(stream, request('a'), add(5));
    const outcome = await counters.execute(stream, request('b'), add(7));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      before: { total: 5 },
      state: { total: 12 },
      revision: 1n,
      repeated: false,
      events: [{ stream, revision: 1n, event: { type: 'Added', data: { by: 7 } } }],
    });
    const [, last] = await recorded();
    expect(last).toMatchObject({
      type: 'Added',
      metadata: {
        commandId: 'b',
        requestHash: 'hash of b',
        schemaVersion: 2,
        actor: { id: 'ann@example.com', role: 'customer' },
        correlationId: 'trace of b',
        causationId: 'b',
        rolled: false,
      },
    });
    expect(last).toMatchObject(outcome.kind === 'accepted' ? { position: outcome.position } : {});
  });

  it('brings old events to the newest schema when it folds them', async () => {
    const proposed = { id: randomUUID(), type: 'Added', json: '{"n":4}', metadataJson: '{"schemaVersion":1}' };
    await store.append({ stream, expectedRevision: -1n, events: [proposed] });
    await expect(repository().load(stream)).resolves.toMatchObject({ state: { total: 4 }, revision: 0n });
  });

  it('keeps in its cache what reading back would give, not what the decider handed over', async () => {
    const counters = repository();
    await counters.execute(stream, request('a'), add(1)); // its `note` is undefined, which JSON does not keep
    const outcome = await counters.execute(stream, request('b'), add(2));
    const readBack = await repository().execute(stream, request('b'), add(2));
    expect(readBack).toStrictEqual({ ...outcome, repeated: true });
  });

  it('sees at once what another process recorded when it loads', async () => {
    const [one, other] = [repository(), repository()];
    await one.execute(stream, request('a'), add(1));
    await other.execute(stream, request('b'), add(2));
    await expect(one.load(stream)).resolves.toMatchObject({ state: { total: 3 }, revision: 1n });
  });

  describe('time', () => {
    it('records what was due before the command, under an id of its own', async () => {
      const outcome = await repository().execute(stream, request('a'), add(5, { hour: 2 }));
      expect(outcome).toMatchObject({ before: { total: 0, hour: 2 }, state: { total: 5, hour: 2 }, revision: 2n });
      expect(outcome.kind === 'accepted' && outcome.events).toHaveLength(1);
      const events = await recorded();
      expect(events.map(({ type }) => type)).toEqual(['Ticked', 'Ticked', 'Added']);
      expect(events[0]?.metadata).toMatchObject({ rolled: true, causationId: 'a', actor: { id: 'time' } });
      expect(events[0]?.metadata.commandId).not.toBe('a');
    });

    it('records it alone when the command is refused, and only once', async () => {
      const counters = repository();
      for (const id of ['a', 'b']) {
        await expect(counters.execute(stream, request(id), add(2_000, { hour: 1 }))).resolves.toEqual({
          kind: 'refused',
          refusal: 'too-much',
          state: { total: 0, hour: 1 },
          revision: 0n,
        });
      }
      expect((await recorded()).map(({ type }) => type)).toEqual(['Ticked']);
    });

    it('does not make a refused command count as recorded', async () => {
      const counters = repository();
      await counters.execute(stream, request('a'), add(2_000, { hour: 1 }));
      await expect(counters.execute(stream, request('a'), add(5, { hour: 1 }))).resolves.toMatchObject({
        kind: 'accepted',
        repeated: false,
      });
    });
  });

  describe('a repeated command', () => {
    it('is answered exactly as the first time, by any process, after whatever came since', async () => {
      const counters = repository();
      await counters.execute(stream, request('before'), add(1));
      const first = await counters.execute(stream, request('a'), add(5, { hour: 1, note: 'first' }));
      await counters.execute(stream, request('after'), add(100));
      for (const process of [counters, repository()]) {
        const again = await process.execute(stream, request('a'), add(5, { hour: 9, note: 'second' }));
        expect(again).toEqual({ ...first, repeated: true });
      }
      expect(await recorded()).toHaveLength(4);
    });

    it('is recorded once when 50 arrive together in one process', async () => {
      const counters = repository();
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => counters.execute(stream, request('a'), add(5))),
      );
      expectOneRecording(outcomes);
      expect(await recorded()).toHaveLength(1);
    });

    it('is recorded once when 50 arrive together in two processes that decide differently', async () => {
      const processes = [repository(), new Repository(fixture.connect(), counter)];
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          processes[index % 2]!.execute(stream, request('a'), add(5, { note: `decided at ${index}` })),
        ),
      );
      expectOneRecording(outcomes);
      expect(await recorded()).toHaveLength(1);
    });

    it('is a mistake of the caller when it asks for something else', async () => {
      const counters = repository();
      await counters.execute(stream, request('a'), add(5));
      for (const process of [counters, repository()]) {
        await expect(process.execute(stream, request('a', { requestHash: 'other' }), add(6))).resolves.toEqual({
          kind: 'key-reused',
        });
      }
      expect(await recorded()).toHaveLength(1);
    });
  });

  describe('an expected revision', () => {
    it('lets the command through when it is the stream’s', async () => {
      const counters = repository();
      const first = await counters.execute(stream, request('a', { expectedRevision: -1n }), add(1));
      const second = await counters.execute(stream, request('b', { expectedRevision: 0n }), add(1));
      expect([first.kind, second.kind]).toEqual(['accepted', 'accepted']);
    });

    it('stops it when the stream is elsewhere, as the store has it and not as the cache does', async () => {
      const [one, other] = [repository(), repository()];
      await one.execute(stream, request('a'), add(1));
      await other.execute(stream, request('b'), add(1));
      const stale = await one.execute(stream, request('c', { expectedRevision: 0n }), add(1));
      expect(stale).toEqual({ kind: 'revision-mismatch', revision: 1n });
      await other.execute(stream, request('d'), add(1));
      const current = await one.execute(stream, request('e', { expectedRevision: 2n }), add(1));
      expect(current).toMatchObject({ kind: 'accepted', revision: 3n });
    });

    it('does not stand in the way of a repeat', async () => {
      const counters = repository();
      const asked = request('a', { expectedRevision: -1n });
      const first = await counters.execute(stream, asked, add(1));
      await expect(counters.execute(stream, asked, add(1))).resolves.toEqual({ ...first, repeated: true });
    });
  });

  it('refuses on the state that the store has, not on a cached one', async () => {
    const [one, other] = [repository(), repository()];
    await one.execute(stream, request('a'), add(1_000));
    await other.execute(stream, request('b'), add(-500));
    await expect(one.execute(stream, request('c'), add(100))).resolves.toMatchObject({ state: { total: 600 } });
  });

  it('answers with the current state when there is nothing to change', async () => {
    const counters = repository();
    const first = await counters.execute(stream, request('a'), add(1));
    const outcome = await counters.execute(stream, request('b'), add(0));
    expect(outcome).toMatchObject({ kind: 'accepted', events: [], revision: 0n, repeated: false });
    expect(outcome.kind === 'accepted' && outcome.position).toEqual(first.kind === 'accepted' && first.position);
    expect(await recorded()).toHaveLength(1);
  });

  it('loses and doubles none of 500 commands that two processes run on one stream', async () => {
    const processes = [repository(), new Repository(fixture.connect(), counter)];
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        processes[index % 2]!.execute(stream, request(`command ${index}`), add(1)),
      ),
    );
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    const events = await recorded();
    expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(500);
    expect(events).toHaveLength(500);
    for (const process of processes) {
      await expect(process.load(stream)).resolves.toMatchObject({ state: { total: 500 }, revision: 499n });
    }
  });

  it('is busy when too many commands wait for one stream, and writes nothing of those', async () => {
    const counters = new Repository(store, counter, { maxWaitingPerStream: 3 });
    const settled = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => counters.execute(stream, request(`command ${index}`), add(1))),
    );
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(settled[4]).toMatchObject({ reason: expect.any(EventStoreBusy) });
    expect(await recorded()).toHaveLength(3);
  });

  it('keeps to what the store has after a decision threw', async () => {
    const counters = repository();
    await counters.execute(stream, request('a'), add(1));
    const failing = counters.execute(stream, request('b'), () => {
      throw new Error('a bug in the decider');
    });
    await expect(failing).rejects.toThrow('a bug in the decider');
    await expect(counters.load(stream)).resolves.toMatchObject({ state: { total: 1 }, revision: 0n });
  });

  it('tells an append that is too large apart from a store that is away', async () => {
    const note = 'x'.repeat(2 * 1024 * 1024);
    await expect(repository().execute(stream, request('a'), add(1, { note }))).rejects.toThrow(EventStoreRejected);
  });
});

function expectOneRecording(outcomes: readonly { kind: string }[]): void {
  const first = outcomes.filter((outcome) => 'repeated' in outcome && !outcome.repeated);
  expect(first).toHaveLength(1);
  for (const outcome of outcomes) expect({ ...outcome, repeated: false }).toEqual(first[0]);
}
