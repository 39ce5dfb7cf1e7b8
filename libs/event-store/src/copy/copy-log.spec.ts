import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client';
import { EventStore } from '../event-store.js';
import { StoreFixture } from '../spec-support/store-fixture.js';
import { copyLog } from './copy-log.js';
import type { CopyOptions, CopyOutcome } from './copy-outcome.js';

/** One of the two servers: our own door to it, and the official client, to do and to see what others would. */
class Side {
  private constructor(
    private readonly fixture: StoreFixture,
    readonly store: EventStore,
    readonly client: EventStoreDBClient,
  ) {}

  static async start(): Promise<Side> {
    const fixture = await StoreFixture.start();
    return new Side(fixture, fixture.connect(), EventStoreDBClient.connectionString(fixture.connectionString));
  }

  get connectionString(): string {
    return this.fixture.connectionString;
  }

  async write(stream: string, ...numbers: number[]): Promise<void> {
    await this.client.appendToStream(
      stream,
      numbers.map((n) => jsonEvent({ type: 'Counted', data: { n }, metadata: { about: n } })),
    );
  }

  /** What a reader of the stream sees, revisions and ids included; or why there is nothing to see. */
  async seen(stream: string): Promise<unknown> {
    const seen: unknown[] = [];
    try {
      for await (const { event, link } of this.client.readStream(stream, { resolveLinkTos: true })) {
        const { id, revision, type, isJson, data } = event ?? {};
        seen.push({ id, revision, type, isJson, data, link: link?.id });
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError) return 'not found';
      if (error instanceof StreamDeletedError) return 'deleted';
      throw error;
    }
    return seen;
  }

  /** Every event that somebody wrote, in the order of the log, hidden ones included. */
  async log(): Promise<{ stream: string; revision: bigint; id: string }[]> {
    const events = [];
    for await (const { event } of this.client.readAll()) {
      if (!event || event.streamId.startsWith('$') || event.type === '$streamDeleted') continue;
      events.push({ stream: event.streamId, revision: event.revision, id: event.id });
    }
    return events;
  }

  async close(): Promise<void> {
    await this.client.dispose();
    await this.fixture.close();
  }
}

describe('copyLog', () => {
  let source: Side;
  let target: Side;

  beforeEach(async () => {
    [source, target] = await Promise.all([Side.start(), Side.start()]);
  });
  afterEach(() => Promise.all([source.close(), target.close()]));

  const copy = (options: CopyOptions = {}) => copyLog(source.store, target.store, options);

  function expectCopied(outcome: CopyOutcome) {
    if (outcome.kind !== 'copied') throw new Error(`The copy came to ${outcome.kind}.`);
    expect(outcome.check.differences).toEqual({ named: [], count: 0 });
    expect(outcome.check.target).toEqual(outcome.check.source);
    return outcome;
  }

  it('keeps events of every content, their revisions and their order, and when they were recorded', async () => {
    await source.write('orders-1', 1, 2);
    await source.write('orders-2', 3);
    const odd = [
      { type: 'Binary', isJson: false, data: Buffer.from([0, 255]), metadata: Buffer.from([1, 2, 3]) },
      { type: 'Spaced', isJson: true, data: Buffer.from('{ "n" : 9007199254740993 }'), metadata: Buffer.from('{ }') },
      { type: 'Odd', isJson: true, data: Buffer.from('not JSON'), metadata: Buffer.from('"text"') },
      { type: '$>', isJson: false, data: Buffer.from('1@orders-1'), metadata: Buffer.alloc(0) },
    ].map((event) => ({ id: randomUUID(), ...event }));
    await source.store.append({ stream: 'odd', expectedRevision: -1n, events: odd });
    await source.write('orders-1', 4);

    const outcome = expectCopied(await copy());
    expect(outcome).toMatchObject({ presentCount: 0, copiedCount: 8, newerCount: 0, otherEventCount: 0 });
    expect(outcome.survey).toMatchObject({ eventCount: 8, withoutOriginCount: 2 });
    expect(await target.log()).toEqual(await source.log());
    for (const stream of ['orders-1', 'orders-2', 'odd']) {
      expect(await target.seen(stream)).toEqual(await source.seen(stream));
    }
    const bodies = [];
    for await (const { stream, data, metadata } of target.store.readRecords({ from: 'start', doing: 'reading' })) {
      if (stream === 'odd') bodies.push({ data, metadata: metadata.toString() });
    }
    expect(bodies.map(({ data }) => data)).toEqual(odd.map(({ data }) => data));
    expect(bodies[0]?.metadata).toBe('\u0001\u0002\u0003');
    expect(bodies[1]?.metadata).toMatch(
      /^\{ "copiedFrom":\{"recordedAt":"[^"]+","position":"\d+\/\d+","revision":1\}\}$/,
    );
    expect(bodies[2]?.metadata).toBe('"text"');

    const recorded = async (store: EventStore) => {
      const times: Record<string, string> = {};
      for await (const { id, recordedAt } of store.readStream('orders-1')) times[id] = recordedAt.toISOString();
      return times;
    };
    expect(await recorded(target.store)).toEqual(await recorded(source.store));
  });

  it('keeps what is hidden hidden, what is deleted deleted, and lets it go on alike', async () => {
    const { client } = source;
    await source.write('newest', 1, 2, 3);
    await client.setStreamMetadata('newest', { maxCount: 2, owner: 'spec' });
    await source.write('later', 1, 2, 3);
    await client.setStreamMetadata('later', { maxCount: 9 });
    await client.setStreamMetadata('later', { truncateBefore: 1 });
    await source.write('deleted', 1, 2);
    await client.deleteStream('deleted');
    await source.write('revived', 1, 2);
    await client.deleteStream('revived');
    await source.write('revived', 3);
    await source.write('ended', 1);
    await client.setStreamMetadata('ended', { maxCount: 1 });
    await client.tombstoneStream('ended');
    await client.tombstoneStream('never-was');
    await client.setStreamMetadata('only-metadata', { cacheControl: 5 });
    const streams = ['newest', 'later', 'deleted', 'revived', 'ended', 'never-was', 'only-metadata'];

    const expectAlike = async () => {
      expectCopied(await copy());
      for (const stream of streams)
        expect([stream, await target.seen(stream)]).toEqual([stream, await source.seen(stream)]);
      expect(await target.log()).toEqual(await source.log());
      for (const stream of ['newest', 'later', 'revived', 'only-metadata']) {
        const [copied, original] = [
          await target.client.getStreamMetadata(stream),
          await client.getStreamMetadata(stream),
        ];
        expect(copied.metadata).toEqual(original.metadata);
      }
    };
    await expectAlike();

    await source.write('newest', 4);
    await source.write('deleted', 3);
    await client.deleteStream('later');
    await client.tombstoneStream('revived');
    await client.setStreamMetadata('only-metadata', { cacheControl: 6 });
    streams.splice(streams.indexOf('revived'), 1);
    expectCopied(await copy());
    for (const stream of streams)
      expect([stream, await target.seen(stream)]).toEqual([stream, await source.seen(stream)]);
    expect(await target.seen('revived')).toBe('deleted');
  });

  it('leaves behind what is the server’s own, and tells of it', async () => {
    await source.write('orders-1', 1);
    const { persistentSubscriptionToStreamSettingsFromDefaults: defaults } = await import('@eventstore/db-client');
    await source.client.createPersistentSubscriptionToStream('orders-1', 'shipping', defaults());
    const { survey } = expectCopied(await copy());
    expect([...survey.systemEvents.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(await target.client.listAllPersistentSubscriptions()).toEqual([]);
    expect(await source.store.persistentSubscriptions()).toEqual([
      { stream: 'orders-1', group: 'shipping', checkpoint: null },
    ]);
  });

  it('goes on where it stopped, with what came since, and finds nothing to do after that', async () => {
    await source.write('orders-1', 1, 2);
    class WrittenMeanwhile extends EventStore {
      override async lastPosition() {
        const end = await super.lastPosition();
        await source.write('orders-2', 3);
        return end;
      }
    }
    const busy = new WrittenMeanwhile(source.connectionString);
    const during = await copyLog(busy, target.store);
    await busy.close();
    expect(expectCopied(during)).toMatchObject({ copiedCount: 2, newerCount: 1 });
    expect(expectCopied(await copy())).toMatchObject({ presentCount: 2, copiedCount: 1, newerCount: 0 });
    expect(expectCopied(await copy())).toMatchObject({ presentCount: 3, copiedCount: 0 });
    expect(await target.log()).toEqual(await source.log());
  });

  it('writes nothing on a dry run', async () => {
    await source.write('orders-1', 1, 2);
    expect(await copy({ dryRun: true })).toMatchObject({ kind: 'dry-run', presentCount: 0, survey: { eventCount: 2 } });
    expect(await target.log()).toEqual([]);
  });

  it('leaves streams out that it is told to leave out', async () => {
    await source.write('orders-1', 1);
    await source.write('scratch-1', 2);
    await source.client.setStreamMetadata('scratch-1', { maxCount: 1 });
    const { survey } = expectCopied(await copy({ isLeftOut: (stream) => stream.startsWith('scratch-') }));
    expect(survey).toMatchObject({ eventCount: 1, leftOutCount: 2 });
    expect((await target.log()).map(({ stream }) => stream)).toEqual(['orders-1']);
  });

  it('leaves the streams of others in the target alone', async () => {
    await source.write('orders-1', 1);
    await target.write('theirs', 2, 3);
    expect(expectCopied(await copy())).toMatchObject({ copiedCount: 1, otherEventCount: 2, otherStreams: ['theirs'] });
  });

  it.each([
    ['an event too many', () => target.write('orders-1', 9), 'only-in-target', 2n],
    ['metadata too many', () => target.client.setStreamMetadata('orders-1', { maxCount: 1 }), 'only-in-target', 0n],
  ])('refuses a target that has %s, and writes nothing', async (_, spoil, kind, revision) => {
    await source.write('orders-1', 1, 2);
    await copy();
    await spoil();
    await source.write('orders-2', 3);
    const outcome = await copy();
    expect(outcome).toMatchObject({ kind: 'target-differs', differences: { count: 1, named: [{ kind, revision }] } });
    expect((await target.log()).some(({ stream }) => stream === 'orders-2')).toBe(false);
  });

  it('refuses a target that has other events in the same places', async () => {
    await source.write('orders-1', 1, 2);
    await target.write('orders-1', 1);
    expect(await copy()).toMatchObject({
      kind: 'target-differs',
      differences: { count: 1, named: [{ kind: 'another-event', stream: 'orders-1', revision: 0n }] },
    });
  });

  it('refuses to copy a store to itself', async () => {
    await source.write('orders-1', 1);
    const outcome = await copyLog(source.store, source.store);
    expect(outcome).toMatchObject({ kind: 'target-differs', differences: { named: [{ kind: 'other-content' }] } });
    expect(await source.log()).toHaveLength(1);
  });
});
