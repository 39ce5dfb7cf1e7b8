import { WrongExpectedVersionError, type AppendResult, type EventData } from '@eventstore/db-client';
import { counted, numbersOf, useServer, WAYS_TO_APPEND } from './server.js';

const { client, name } = useServer();

describe.each(WAYS_TO_APPEND)('append %s, repeated', (_, way) => {
  const append = (stream: string, events: EventData[], options = {}): Promise<AppendResult> =>
    client().appendToStream(stream, events, { ...way, ...options });
  const read = (stream: string) => numbersOf(client().readStream(stream));

  it.each(['any', 'no_stream'] as const)('is answered as the first time, expecting %s', async (expectedRevision) => {
    const stream = name('stream');
    const events = counted(1, 2);
    const original = await append(stream, events, { expectedRevision });
    await append(stream, counted(3));
    expect(await append(stream, events, { expectedRevision })).toEqual(original);
    expect(await read(stream)).toEqual([1, 2, 3]);
  });

  it('is answered as the first time, expecting that the stream exists', async () => {
    const stream = name('stream');
    await append(stream, counted(1));
    const events = counted(2, 3);
    const original = await append(stream, events, { expectedRevision: 'stream_exists' });
    await append(stream, counted(4));
    expect(await append(stream, events, { expectedRevision: 'stream_exists' })).toEqual(original);
    expect(await read(stream)).toEqual([1, 2, 3, 4]);
  });

  it('is answered as the first time, expecting an exact revision', async () => {
    const stream = name('stream');
    await append(stream, counted(1));
    const events = counted(2, 3);
    const original = await append(stream, events, { expectedRevision: 0n });
    await append(stream, counted(4));
    expect(await append(stream, events, { expectedRevision: 0n })).toEqual(original);
    await expect(append(stream, counted(2, 3), { expectedRevision: 0n })).rejects.toThrow(WrongExpectedVersionError);
    expect(await read(stream)).toEqual([1, 2, 3, 4]);
  });

  it('is answered as the first time when the first is not yet on the disk', async () => {
    const stream = name('stream');
    const events = counted(1, 2);
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => append(stream, events)));
    expect(first?.nextExpectedRevision).toBe(1n);
    for (const other of others) expect(other).toEqual(first);
    expect(await read(stream)).toEqual([1, 2]);
  });

  it.each(['any', 'no_stream', 'stream_exists'] as const)(
    'is refused with something new behind it, expecting %s',
    async (expectedRevision) => {
      const stream = name('stream');
      const known = counted(1);
      await append(stream, known);
      await expect(append(stream, [...known, ...counted(2)], { expectedRevision })).rejects.toThrow(
        WrongExpectedVersionError,
      );
      expect(await read(stream)).toEqual([1]);
    },
  );

  it('is refused with something new behind it, expecting an exact revision', async () => {
    const stream = name('stream');
    const [known, next] = [counted(2), counted(3)];
    await append(stream, counted(1));
    await append(stream, [...known, ...next]);
    const other = [...known, ...counted(4)];
    await expect(append(stream, other, { expectedRevision: 0n })).rejects.toThrow(WrongExpectedVersionError);
    expect(await read(stream)).toEqual([1, 2, 3]);
  });

  it('is written once more with something new before it, or where the expected revision is right', async () => {
    const stream = name('stream');
    const known = counted(1);
    await append(stream, known);
    expect((await append(stream, [...counted(2), ...known])).nextExpectedRevision).toBe(2n);
    expect((await append(stream, known, { expectedRevision: 2n })).nextExpectedRevision).toBe(3n);
    expect(await read(stream)).toEqual([1, 2, 1, 1]);
  });

  it('is something else in another stream', async () => {
    const [one, other] = [name('one'), name('other')];
    const events = counted(1);
    const first = await append(one, events);
    const second = await append(other, events);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
    expect(await read(other)).toEqual([1]);
  });
});
