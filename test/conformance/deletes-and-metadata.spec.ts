import {
  END,
  jsonEvent,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { collect, counted, eventually, numberOf, numbersOf, useServer, WAYS_TO_APPEND } from './server.js';

const { client, name } = useServer();

const read = (stream: string) => numbersOf(client().readStream(stream));

async function streamOf(...numbers: number[]): Promise<string> {
  const stream = name('stream');
  await client().appendToStream(stream, counted(...numbers));
  return stream;
}

describe('soft delete', () => {
  it('hides the stream, and keeps its events among all', async () => {
    const stream = await streamOf(1, 2);
    const { position } = await client().deleteStream(stream);
    expect(position).toBeDefined();
    await expect(read(stream)).rejects.toThrow(StreamNotFoundError);
    const events = await collect(client().readAll());
    expect(events.filter(({ event }) => event?.streamId === stream)).toHaveLength(2);
  });

  it.each(['no_stream', 'any', 1n] as const)(
    'lets the stream go on behind its old events, expecting %s',
    async (expectedRevision) => {
      const stream = await streamOf(1, 2);
      await client().deleteStream(stream);
      const { nextExpectedRevision } = await client().appendToStream(stream, counted(3), { expectedRevision });
      expect(nextExpectedRevision).toBe(2n);
      expect(await read(stream)).toEqual([3]);
      expect((await client().getStreamMetadata(stream)).metadata).toMatchObject({ truncateBefore: 2 });
      expect(await numbersOf(client().readStream(stream, { direction: 'backwards', fromRevision: END }))).toEqual([3]);
    },
  );

  it('is metadata that hides every revision there can be', async () => {
    const stream = await streamOf(1, 2);
    await client().deleteStream(stream);
    const [written] = await collect(client().readStream(`$$${stream}`));
    expect(written?.event).toMatchObject({ type: '$metadata', data: { $tb: 2 ** 63 } });
  });

  it('leaves no stream that could be expected to exist', async () => {
    const stream = await streamOf(1);
    await client().deleteStream(stream);
    const appended = client().appendToStream(stream, counted(2), { expectedRevision: 'stream_exists' });
    await expect(appended).rejects.toThrow(WrongExpectedVersionError);
  });

  it('can be done again, and once more after the stream went on', async () => {
    const stream = await streamOf(1);
    await client().deleteStream(stream);
    await client().deleteStream(stream);
    await client().appendToStream(stream, counted(2));
    await client().deleteStream(stream, { expectedRevision: 1n });
    await expect(read(stream)).rejects.toThrow(StreamNotFoundError);
    const { nextExpectedRevision } = await client().appendToStream(stream, counted(3));
    expect(nextExpectedRevision).toBe(2n);
    expect(await read(stream)).toEqual([3]);
  });

  it('lets a subscription go on behind it', async () => {
    const stream = await streamOf(1);
    const subscription = client().subscribeToStream(stream);
    const numbers: number[] = [];
    subscription.on('data', (received) => numbers.push(numberOf(received)));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await client().deleteStream(stream);
    await client().appendToStream(stream, counted(2));
    await eventually(
      async () => numbers,
      ({ length }) => length === 2,
    );
    expect(numbers).toEqual([1, 2]);
    await subscription.unsubscribe();
  });

  it('keeps the other metadata of the stream', async () => {
    const stream = await streamOf(1);
    await client().setStreamMetadata(stream, { maxCount: 10, owner: 'spec' });
    await client().deleteStream(stream);
    await client().appendToStream(stream, counted(2));
    expect((await client().getStreamMetadata(stream)).metadata).toEqual({
      maxCount: 10,
      owner: 'spec',
      truncateBefore: 1,
    });
  });

  it('asks for the expected revision', async () => {
    const stream = await streamOf(1, 2);
    for (const expectedRevision of [0n, 'no_stream'] as const) {
      await expect(client().deleteStream(stream, { expectedRevision })).rejects.toThrow(WrongExpectedVersionError);
    }
    await client().deleteStream(stream, { expectedRevision: 1n });
  });

  it.each(['any', 'no_stream'] as const)('cannot delete what never was, expecting %s', async (expectedRevision) => {
    const stream = name('never');
    await expect(client().deleteStream(stream, { expectedRevision })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: stream,
    });
  });

  it('deletes a stream of which only the metadata was written', async () => {
    const stream = name('stream');
    await client().setStreamMetadata(stream, { cacheControl: 10 });
    await expect(read(stream)).rejects.toThrow(StreamNotFoundError);
    await client().deleteStream(stream, { expectedRevision: 'no_stream' });
  });
});

describe('tombstone', () => {
  it('ends a stream for ever', async () => {
    const stream = await streamOf(1);
    await client().tombstoneStream(stream, { expectedRevision: 0n });
    const deleted = { type: 'stream-deleted', streamName: stream };
    await expect(read(stream)).rejects.toMatchObject(deleted);
    for (const [, way] of WAYS_TO_APPEND) {
      await expect(client().appendToStream(stream, counted(2), way)).rejects.toMatchObject(deleted);
    }
    await expect(client().deleteStream(stream)).rejects.toThrow(StreamDeletedError);
    await expect(client().tombstoneStream(stream)).rejects.toThrow(StreamDeletedError);
    await expect(collect(client().subscribeToStream(stream))).rejects.toThrow(StreamDeletedError);
  });

  it('takes a name that was never used, and asks for the expected revision', async () => {
    const unused = name('unused');
    await client().tombstoneStream(unused, { expectedRevision: 'no_stream' });
    await expect(read(unused)).rejects.toThrow(StreamDeletedError);
    const stream = await streamOf(1);
    for (const expectedRevision of [3n, 'no_stream'] as const) {
      await expect(client().tombstoneStream(stream, { expectedRevision })).rejects.toThrow(WrongExpectedVersionError);
    }
  });

  it('ends the subscriptions to the stream with word of it', async () => {
    const stream = await streamOf(1);
    const subscription = client().subscribeToStream(stream);
    const error = new Promise((resolve) => subscription.once('error', resolve));
    subscription.on('data', () => undefined);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await client().tombstoneStream(stream);
    expect(await error).toMatchObject({ type: 'stream-deleted', streamName: stream });
  });

  it('ends a stream that was deleted softly', async () => {
    const stream = await streamOf(1);
    await client().deleteStream(stream);
    await client().tombstoneStream(stream);
    await expect(client().appendToStream(stream, counted(2), { expectedRevision: 'no_stream' })).rejects.toThrow(
      StreamDeletedError,
    );
  });

  it('leaves a mark among all events', async () => {
    const stream = await streamOf(1);
    const { position } = await client().tombstoneStream(stream);
    const [mark] = await collect(client().readAll({ fromPosition: position!, maxCount: 1 }));
    expect(mark?.event).toMatchObject({ streamId: stream, type: '$streamDeleted' });
  });
});

describe('stream metadata', () => {
  it('is read as it was written, and is none before', async () => {
    const stream = await streamOf(1);
    expect(await client().getStreamMetadata(stream)).toEqual({ streamName: stream });
    const metadata = {
      maxCount: 3,
      maxAge: 60,
      truncateBefore: 1,
      cacheControl: 5,
      acl: { readRoles: ['a'] },
      own: { x: 1 },
    };
    await client().setStreamMetadata(stream, metadata);
    expect((await client().getStreamMetadata(stream)).metadata).toEqual(metadata);
    await expect(client().setStreamMetadata(stream, {}, { expectedRevision: 'no_stream' })).rejects.toThrow(
      WrongExpectedVersionError,
    );
  });

  it('is what was written to its stream last, by whatever way', async () => {
    const stream = await streamOf(1, 2, 3);
    const metastream = `$$${stream}`;
    await client().appendToStream(metastream, jsonEvent({ type: '$metadata', data: { $maxCount: 1 } }));
    expect(await read(stream)).toEqual([3]);
    await client().setStreamMetadata(stream, { maxCount: 2 }, { expectedRevision: 0n });
    expect(await read(stream)).toEqual([2, 3]);
    await client().setStreamMetadata(stream, {});
    expect(await read(stream)).toEqual([1, 2, 3]);
  });

  it('takes the narrowest of its limits', async () => {
    const stream = await streamOf(0, 1, 2, 3, 4, 5);
    for (const [truncateBefore, maxCount, expected] of [
      [4, 5, [4, 5]],
      [1, 2, [4, 5]],
      [1, 9, [1, 2, 3, 4, 5]],
    ] as const) {
      await client().setStreamMetadata(stream, { truncateBefore, maxCount, maxAge: 3_600 });
      expect(await read(stream)).toEqual(expected);
    }
  });

  it('hides from subscriptions what it hides from reads, and nothing from all events', async () => {
    const stream = await streamOf(1, 2, 3, 4);
    await client().setStreamMetadata(stream, { truncateBefore: 2 });
    expect((await collect(client().subscribeToStream(stream), 2)).map(numberOf)).toEqual([3, 4]);
    const events = await collect(client().readAll());
    expect(events.filter(({ event }) => event?.streamId === stream).map(numberOf)).toEqual([1, 2, 3, 4]);
  });

  it('shows no more events than the maximum, the newest', async () => {
    const stream = await streamOf(1, 2, 3, 4);
    await client().setStreamMetadata(stream, { maxCount: 2 });
    expect(await read(stream)).toEqual([3, 4]);
    await client().appendToStream(stream, counted(5));
    expect(await read(stream)).toEqual([4, 5]);
    expect(await numbersOf(client().readStream(stream, { direction: 'backwards', fromRevision: END }))).toEqual([5, 4]);
    expect(await numbersOf(client().readStream(stream, { fromRevision: 1n, maxCount: 1 }))).toEqual([4]);
  });

  it('hides what comes before a revision', async () => {
    const stream = await streamOf(1, 2, 3);
    await client().setStreamMetadata(stream, { truncateBefore: 2 });
    expect(await read(stream)).toEqual([3]);
    await client().setStreamMetadata(stream, { truncateBefore: 9 });
    expect(await read(stream)).toEqual([]);
  });

  it('hides what is too old', async () => {
    const stream = await streamOf(1);
    await client().setStreamMetadata(stream, { maxAge: 1 });
    expect(await read(stream)).toEqual([1]);
    await eventually(
      () => read(stream),
      (numbers) => numbers.length === 0,
    );
    await client().appendToStream(stream, counted(2));
    expect(await read(stream)).toEqual([2]);
  });
});

describe('links', () => {
  const linkTo = (target: string) => ({
    ...jsonEvent({ type: '$>', data: {} }),
    contentType: 'application/octet-stream' as const,
    data: Buffer.from(target),
  });

  it('are followed on request', async () => {
    const [source, links] = [await streamOf(1, 2), name('links')];
    const { position } = await client().appendToStream(links, linkTo(`1@${source}`));
    const [plain] = await collect(client().readStream(links));
    expect(plain?.event?.type).toBe('$>');
    expect(plain?.link).toBeUndefined();
    const backwards = { direction: 'backwards', fromRevision: END } as const;
    const behind = { commit: (position?.commit ?? 0n) - 1n, prepare: (position?.prepare ?? 0n) - 1n };
    const resolved = [
      ...(await collect(client().readStream(links, { resolveLinkTos: true }))),
      ...(await collect(client().readStream(links, { resolveLinkTos: true, ...backwards }))),
      ...(await collect(client().subscribeToAll({ fromPosition: behind, resolveLinkTos: true }), 1)),
      ...(await collect(client().readAll({ fromPosition: position!, maxCount: 1, resolveLinkTos: true }))),
      ...(await collect(client().subscribeToStream(links, { resolveLinkTos: true }), 1)),
    ];
    expect(resolved).toHaveLength(5);
    for (const { event, link } of resolved) {
      expect(event).toMatchObject({ streamId: source, data: { n: 2 } });
      expect(link?.streamId).toBe(links);
    }
  });

  it('stand alone when their target is gone', async () => {
    const links = name('links');
    const [deleted, tombstoned, truncated] = [await streamOf(1), await streamOf(1), await streamOf(1, 2)];
    await client().appendToStream(
      links,
      [deleted, tombstoned, truncated, name('never')].map((stream) => linkTo(`0@${stream}`)),
    );
    await client().deleteStream(deleted);
    await client().tombstoneStream(tombstoned);
    await client().setStreamMetadata(truncated, { truncateBefore: 1 });
    const resolved = await collect(client().readStream(links, { resolveLinkTos: true }));
    expect(resolved.map(({ event, link }) => [event, link?.streamId])).toEqual([
      [undefined, links],
      [undefined, links],
      [undefined, links],
      [undefined, links],
    ]);
  });
});
