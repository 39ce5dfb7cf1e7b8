import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  START,
  streamNameFilter,
  type Filter,
} from '@eventstore/db-client';
import { collect, counted, eventually, numberOf, numbersOf, useServer } from './server.js';

const { client, name } = useServer();

const once = (emitter: { once(event: string, listener: (value: unknown) => void): unknown }, event: string) =>
  new Promise((resolve) => emitter.once(event, resolve));

describe('subscription to a stream', () => {
  it('sends what is there, says that it has caught up, and sends what comes', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2));
    const subscription = client().subscribeToStream(stream);
    const log: unknown[] = [];
    subscription.on('caughtUp', () => log.push('caught up')).on('data', (received) => log.push(numberOf(received)));
    await once(subscription, 'caughtUp');
    await client().appendToStream(name('other'), counted(9));
    await client().appendToStream(stream, counted(3));
    await client().appendToStream(stream, counted(4));
    await eventually(
      async () => log,
      ({ length }) => length === 5,
    );
    expect(log).toEqual([1, 2, 'caught up', 3, 4]);
    await subscription.unsubscribe();
  });

  it('begins behind the revision that it names, or at the end', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(0, 1, 2));
    const behind = client().subscribeToStream(stream, { fromRevision: 1n });
    const atEnd = client().subscribeToStream(stream, { fromRevision: END });
    // Somebody has to read before a subscription begins.
    const first = numbersOf(limited(behind, 2));
    const second = numbersOf(limited(atEnd, 1));
    await once(atEnd, 'caughtUp');
    await client().appendToStream(stream, counted(3));
    expect(await first).toEqual([2, 3]);
    expect(await second).toEqual([3]);
  });

  it('waits for a stream that does not exist yet', async () => {
    const stream = name('stream');
    const subscription = client().subscribeToStream(stream);
    const reading = numbersOf(limited(subscription, 1));
    await once(subscription, 'caughtUp');
    await client().appendToStream(stream, counted(1));
    expect(await reading).toEqual([1]);
  });

  it('loses nothing for a consumer that is slow', async () => {
    const stream = name('stream');
    const total = 3_000;
    const numbers = Array.from({ length: total }, (_, n) => n);
    await client().appendToStream(stream, counted(...numbers.slice(0, total / 2)));
    const seen: number[] = [];
    const reading = (async () => {
      for await (const received of client().subscribeToStream(stream)) {
        seen.push(numberOf(received));
        if (seen.length % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        if (seen.length === total) break;
      }
    })();
    await client().appendToStream(stream, counted(...numbers.slice(total / 2)));
    await reading;
    expect(seen).toEqual(numbers);
  });
});

describe('subscription to all streams', () => {
  const ours = (run: string) => (type: string) => jsonEvent({ type: `${run}-${type}`, data: { n: 0 } });

  it.each([
    ['prefixes of streams', (run: string) => streamNameFilter({ prefixes: [`${run}-a`, `${run}-b`] })],
    ['a regular expression for streams', (run: string) => streamNameFilter({ regex: `^${run}-[ab]$` })],
    ['prefixes of types', (run: string) => eventTypeFilter({ prefixes: [`${run}-wanted`] })],
    ['a regular expression for types', (run: string) => eventTypeFilter({ regex: `${run}.*wanted$` })],
  ] as [string, (run: string) => Filter][])('filters by %s', async (_, filterOf) => {
    const run = name('run');
    const event = ours(run);
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const subscription = client().subscribeToAll({ fromPosition: position!, filter: filterOf(run) });
    const caughtUp = once(subscription, 'caughtUp');
    const reading = collect(subscription, 4);
    await client().appendToStream(`${run}-a`, [event('wanted'), event('wanted')]);
    await client().appendToStream(`${run}-c`, event('other'));
    await caughtUp;
    await client().appendToStream(`${run}-b`, event('wanted'));
    await client().appendToStream(`${run}-c`, event('other'));
    await client().appendToStream(`${run}-a`, event('wanted'));
    expect((await reading).map(({ event: read }) => read?.type)).toEqual(Array(4).fill(`${run}-wanted`));
  });

  it('begins behind a position, at the start or at the end', async () => {
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const stream = name('stream');
    await client().appendToStream(stream, counted(1));
    const behind = client().subscribeToAll({ fromPosition: position! });
    expect(await numbersOf(limited(behind, 1))).toEqual([1]);
    const [oldest] = await collect(client().subscribeToAll({ fromPosition: START }), 1);
    const [first] = await collect(client().readAll({ maxCount: 1 }));
    expect(oldest?.event?.id).toBe(first?.event?.id);
    const atEnd = client().subscribeToAll({ fromPosition: END });
    const reading = numbersOf(limited(atEnd, 1));
    await once(atEnd, 'caughtUp');
    await client().appendToStream(stream, counted(2));
    expect(await reading).toEqual([2]);
  });

  it('can leave out system events', async () => {
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const stream = name('stream');
    await client().setStreamMetadata(stream, { maxCount: 4 });
    await client().appendToStream(stream, counted(1));
    const subscription = client().subscribeToAll({ fromPosition: position!, filter: excludeSystemEvents() });
    expect(await numbersOf(limited(subscription, 1))).toEqual([1]);
  });

  it('reaches a checkpoint after each window of events that it looked at, behind those events', async () => {
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const prefix = name('prefix');
    const log: (number | string)[] = [];
    for (let n = 1; n <= 4; n += 1) await client().appendToStream(`${prefix}-${n}`, counted(n));
    const last = await client().appendToStream(name('other'), counted(0));
    const subscription = client().subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: [prefix],
        maxSearchWindow: 2,
        checkpointInterval: 1,
        checkpointReached: (_, { commit, prepare }) => {
          expect(prepare).toBe(commit);
          log.push(`checkpoint ${commit - (last.position?.commit ?? 0n)}`);
        },
      }),
    });
    subscription.on('data', (received) => log.push(numberOf(received)));
    await once(subscription, 'caughtUp');
    expect(log).toEqual([1, 2, 'checkpoint -3', 3, 4, 'checkpoint -1', 'checkpoint 0']);
    await subscription.unsubscribe();
  });

  it('looks at 32 events before a checkpoint when the client names no window', async () => {
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const stream = name('stream');
    const last = await client().appendToStream(stream, counted(...Array.from({ length: 70 }, (_, n) => n)));
    const before: bigint[] = [];
    const subscription = client().subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: [stream],
        checkpointInterval: 2,
        checkpointReached: (_, { commit }) => void before.push((last.position?.commit ?? 0n) - commit),
      }),
    });
    subscription.on('data', () => undefined);
    await once(subscription, 'caughtUp');
    expect(before).toEqual([6n, 0n]);
    await subscription.unsubscribe();
  });

  it('goes on at a checkpoint without a gap and without a repetition', async () => {
    const { position } = await client().appendToStream(name('mark'), counted(0));
    const prefix = name('prefix');
    for (let n = 0; n < 10; n += 1) await client().appendToStream(`${prefix}-${n}`, counted(n));
    let reached = position!;
    const filterOf = (): Filter =>
      streamNameFilter({
        prefixes: [prefix],
        maxSearchWindow: 4,
        checkpointReached: (_, checkpoint) => void (reached = checkpoint),
      });
    const first = client().subscribeToAll({ fromPosition: position!, filter: filterOf() });
    const seen: number[] = [];
    for await (const received of first) {
      seen.push(numberOf(received));
      if (seen.length === 6) break;
    }
    const rest = client().subscribeToAll({ fromPosition: reached, filter: filterOf() });
    expect(await numbersOf(limited(rest, 6))).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('says once that it has caught up, however often it then waits', async () => {
    const stream = name('stream');
    const subscription = client().subscribeToAll({ fromPosition: END });
    let caughtUp = 0;
    const numbers: number[] = [];
    subscription.on('caughtUp', () => (caughtUp += 1));
    subscription.on('data', (received) => {
      if (received.event?.streamId === stream) numbers.push(numberOf(received));
    });
    await once(subscription, 'caughtUp');
    for (const n of [1, 2, 3]) {
      await client().appendToStream(stream, counted(n));
      await eventually(
        async () => numbers,
        ({ length }) => length === n,
      );
    }
    expect(caughtUp).toBe(1);
    await subscription.unsubscribe();
  });

  it('refuses a regular expression that is none', async () => {
    const filter = streamNameFilter({ regex: '(' });
    await expect(collect(client().subscribeToAll({ filter }))).rejects.toMatchObject({
      message: expect.stringContaining('regular expression') as string,
    });
  });
});

async function* limited<T>(reading: AsyncIterable<T>, max: number): AsyncGenerator<T> {
  yield* await collect(reading, max);
}
