import {
  binaryEvent,
  END,
  jsonEvent,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AppendResult,
  type EventData,
} from '@eventstore/db-client';
import { collect, counted, numbersOf, useServer, WAYS_TO_APPEND } from './server.js';

const { client, name } = useServer();

const ids = (events: readonly EventData[]) => events.map(({ id }) => id);

describe.each(WAYS_TO_APPEND)('append %s', (_, way) => {
  const append = (stream: string, events: EventData[], options = {}): Promise<AppendResult> =>
    client().appendToStream(stream, events, { ...way, ...options });

  it('writes its events at the next revisions, and reads them back as they were', async () => {
    const stream = name('stream');
    const first = await append(stream, [
      jsonEvent({ type: 'Written', data: { text: 'grüße 🎟' }, metadata: { by: 'spec' } }),
      binaryEvent({ type: 'Raw', data: Uint8Array.from([0, 255, 7]), metadata: Uint8Array.from([1, 2]) }),
    ]);
    const second = await append(stream, counted(1), { expectedRevision: first.nextExpectedRevision });
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 2n]);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
    const [json, binary, last] = (await collect(client().readStream(stream))).map(({ event }) => event);
    expect(json).toMatchObject({ type: 'Written', data: { text: 'grüße 🎟' }, metadata: { by: 'spec' }, isJson: true });
    expect(json?.streamId).toBe(stream);
    expect(Math.abs(Date.now() - (json?.created.getTime() ?? 0))).toBeLessThan(60_000);
    expect(binary?.isJson).toBe(false);
    expect([...(binary?.data as Uint8Array)]).toEqual([0, 255, 7]);
    expect([...(binary?.metadata as Uint8Array)]).toEqual([1, 2]);
    expect(last?.position).toEqual(second.position);
  });

  it.each([
    ['no_stream', 'none', true],
    ['no_stream', 'two events', false],
    ['any', 'none', true],
    ['any', 'two events', true],
    ['stream_exists', 'none', false],
    ['stream_exists', 'two events', true],
    [1n, 'two events', true],
    [0n, 'two events', false],
    [2n, 'two events', false],
    [0n, 'none', false],
  ] as const)('expecting %s of a stream of %s', async (expectedRevision, before, isAccepted) => {
    const stream = name('stream');
    if (before === 'two events') await append(stream, counted(1, 2));
    const appended = append(stream, counted(3), { expectedRevision });
    if (isAccepted) {
      expect((await appended).nextExpectedRevision).toBe(before === 'none' ? 0n : 2n);
      return;
    }
    await expect(appended).rejects.toThrow(WrongExpectedVersionError);
    await expect(appended).rejects.toMatchObject({
      streamName: stream,
      expectedVersion: expectedRevision,
      actualVersion: before === 'none' ? 'no_stream' : 1n,
    });
  });

  it('writes all of many events, or none', async () => {
    const stream = name('stream');
    const many = counted(...Array.from({ length: 500 }, (__, n) => n));
    await append(stream, many, { batchAppendSize: 1_024 });
    expect(ids((await collect(client().readStream(stream))).map(({ event }) => event as unknown as EventData))).toEqual(
      ids(many),
    );
    const tooLarge = [...counted(501), jsonEvent({ type: 'Large', data: { pad: 'x'.repeat(1_100_000) } })];
    await expect(append(stream, tooLarge)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1024 * 1024,
    });
    expect((await collect(client().readStream(stream))).length).toBe(500);
  });

  it('refuses what is far too large, and goes on', async () => {
    const stream = name('stream');
    const huge = jsonEvent({ type: 'Huge', data: { pad: 'x'.repeat(6 * 1024 * 1024) } });
    await expect(append(stream, [huge])).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    const inParts = Array.from({ length: 2_000 }, () => jsonEvent({ type: 'Part', data: { pad: 'x'.repeat(1_000) } }));
    await expect(append(stream, inParts, { batchAppendSize: 64 * 1_024 })).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    });
    expect((await append(stream, counted(1))).nextExpectedRevision).toBe(0n);
  });

  it('does not write after the deadline', async () => {
    const stream = name('stream');
    const late = append(stream, counted(...Array.from({ length: 20_000 }, (__, n) => n)), { deadline: 1 });
    await expect(late).rejects.toMatchObject({ type: 'deadline-exceeded' });
    await expect(collect(client().readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  it('tells the name of the stream in what went wrong, whatever its characters', async () => {
    const stream = name('어학 연구소/0️⃣');
    await append(stream, counted(1));
    const named = async (failing: Promise<unknown>) => {
      const error: unknown = await failing.catch((reason: unknown) => reason);
      return decodeURIComponent((error as { streamName: string }).streamName);
    };
    expect(await named(append(stream, counted(2), { expectedRevision: 'no_stream' }))).toBe(stream);
    expect(await named(client().deleteStream(stream, { expectedRevision: 7n }))).toBe(stream);
    await client().tombstoneStream(stream);
    expect(await named(append(stream, counted(2)))).toBe(stream);
    expect(await named(collect(client().readStream(stream)))).toBe(stream);
  });
});

describe('appends of many writers', () => {
  it('are answered each by its own outcome, also when many share a call', async () => {
    const [free, taken] = [name('free'), name('taken')];
    await client().appendToStream(taken, counted(0));
    const outcomes = await Promise.all(
      counted(...Array.from({ length: 100 }, (_, n) => n)).map(async (event, n) => {
        const [stream, expectedRevision] = n % 2 === 0 ? [free, 'any' as const] : [taken, 'no_stream' as const];
        return client()
          .appendToStream(stream, event, { expectedRevision })
          .then(({ nextExpectedRevision }) => nextExpectedRevision)
          .catch((error: { type: string }) => error.type);
      }),
    );
    expect(outcomes.filter((_, n) => n % 2 === 0)).toEqual(Array.from({ length: 50 }, (_, n) => BigInt(n)));
    expect(outcomes.filter((_, n) => n % 2 === 1)).toEqual(Array(50).fill('wrong-expected-version'));
  });

  it('gives revisions without gaps, and each writer its own', async () => {
    const stream = name('stream');
    const results = await Promise.all(
      counted(...Array.from({ length: 100 }, (_, n) => n)).map((event) => client().appendToStream(stream, event)),
    );
    const revisions = results.map(({ nextExpectedRevision }) => Number(nextExpectedRevision));
    expect([...revisions].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    const numbers = await numbersOf(client().readStream(stream));
    expect(numbers.map((n) => revisions[n])).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('lets exactly one of those win that expect the same revision', async () => {
    const stream = name('stream');
    const attempts = counted(...Array.from({ length: 20 }, (_, n) => n)).map((event) =>
      client().appendToStream(stream, event, { expectedRevision: 'no_stream' }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('read of a stream', () => {
  it('goes in both directions from any revision', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(0, 1, 2, 3));
    const read = (options: Parameters<ReturnType<typeof client>['readStream']>[1]) =>
      numbersOf(client().readStream(stream, options));
    expect(await read({ fromRevision: START })).toEqual([0, 1, 2, 3]);
    expect(await read({ fromRevision: 2n })).toEqual([2, 3]);
    expect(await read({ fromRevision: 9n })).toEqual([]);
    expect(await read({ fromRevision: 1n, maxCount: 2 })).toEqual([1, 2]);
    expect(await read({ direction: 'backwards', fromRevision: END })).toEqual([3, 2, 1, 0]);
    expect(await read({ direction: 'backwards', fromRevision: 1n })).toEqual([1, 0]);
    expect(await read({ direction: 'backwards', fromRevision: END, maxCount: 1 })).toEqual([3]);
  });

  it('reads more than a page', async () => {
    const stream = name('stream');
    const expected = Array.from({ length: 1_000 }, (_, n) => n);
    await client().appendToStream(stream, counted(...expected));
    expect(await numbersOf(client().readStream(stream))).toEqual(expected);
    expect(await numbersOf(client().readStream(stream, { direction: 'backwards', fromRevision: END }))).toEqual(
      [...expected].reverse(),
    );
  });

  it('does not find what was never written', async () => {
    const stream = name('stream');
    await expect(numbersOf(client().readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  it('takes names of any characters and length', async () => {
    for (const stream of [name('어학연구소/0️⃣'), name('a b\u0000c%'), name('x'.repeat(3_000))]) {
      await client().appendToStream(stream, counted(1));
      const [read] = await collect(client().readStream(stream));
      expect(read?.event?.streamId).toBe(stream);
    }
  });
});

describe('read of all streams', () => {
  it('goes in both directions from any position', async () => {
    const [one, other] = [name('one'), name('other')];
    const first = await client().appendToStream(one, counted(1));
    await client().appendToStream(other, counted(2, 3));
    const last = await client().appendToStream(one, counted(4));
    const ours = async (options: Parameters<ReturnType<typeof client>['readAll']>[0]) => {
      const events = await collect(client().readAll(options));
      return events.filter(({ event }) => event && [one, other].includes(event.streamId));
    };
    expect(await numbersOf(asAsync(await ours({ fromPosition: first.position! })))).toEqual([1, 2, 3, 4]);
    expect(await numbersOf(asAsync(await ours({ fromPosition: START })))).toEqual([1, 2, 3, 4]);
    expect(await ours({ fromPosition: END })).toEqual([]);
    // Backwards, a position is a border that does not belong to what is read.
    const backwards = { direction: 'backwards', maxCount: 3 } as const;
    expect(await numbersOf(asAsync(await ours({ ...backwards, fromPosition: last.position! })))).toEqual([3, 2, 1]);
  });

  it('gives each event the position that its append was told', async () => {
    const { position } = await client().appendToStream(name('stream'), counted(1));
    const [read] = await collect(client().readAll({ fromPosition: position!, maxCount: 1 }));
    expect(read?.event?.position).toEqual(position);
    expect(read?.commitPosition).toBe(position?.commit);
  });

  it('holds more than what was appended, from the first start of the server on', async () => {
    const [oldest] = await collect(client().readAll({ maxCount: 1 }));
    expect(oldest?.event?.type.startsWith('$')).toBe(true);
  });
});

async function* asAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
