import {
  excludeSystemEvents,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  START,
  streamNameFilter,
  type PersistentSubscriptionToStream,
  type PersistentSubscriptionToStreamResolvedEvent,
} from '@eventstore/db-client';
import { collect, counted, eventually, numberOf, useServer } from './server.js';

const { client, name } = useServer();

type Received = PersistentSubscriptionToStreamResolvedEvent;

/** Reads and acknowledges so many events. */
async function acknowledge(subscription: PersistentSubscriptionToStream, max: number): Promise<number[]> {
  const numbers: number[] = [];
  for await (const received of subscription) {
    numbers.push(numberOf(received));
    await subscription.ack(received);
    if (numbers.length === max) break;
  }
  return numbers;
}

async function groupOn(stream: string, settings: Parameters<typeof streamSettings>[0] = {}): Promise<string> {
  const group = name('group');
  await client().createPersistentSubscriptionToStream(stream, group, streamSettings({ startFrom: START, ...settings }));
  return group;
}

const infoOf = (stream: string, group: string) => client().getPersistentSubscriptionToStreamInfo(stream, group);

describe('persistent subscription to a stream', () => {
  it('delivers what is there and what comes, from its start on', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3));
    const [fromStart, fromRevision, fromEnd] = [
      await groupOn(stream),
      await groupOn(stream, { startFrom: 1n }),
      await groupOn(stream, { startFrom: 'end' }),
    ];
    await client().appendToStream(stream, counted(4, 5));
    const read = (group: string, max: number) =>
      acknowledge(client().subscribeToPersistentSubscriptionToStream(stream, group), max);
    expect(await read(fromStart, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(await read(fromRevision, 4)).toEqual([2, 3, 4, 5]);
    expect(await read(fromEnd, 2)).toEqual([4, 5]);
  });

  it('retries what is refused, counts the retries, and skips what is to be skipped', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3));
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, await groupOn(stream));
    const seen: [n: number, retryCount: number][] = [];
    for await (const received of subscription) {
      const n = numberOf(received);
      seen.push([n, received.retryCount]);
      if (n === 1) await subscription.nack('skip', 'not wanted', received);
      else if (n === 2 && received.retryCount < 2) await subscription.nack('retry', 'not yet', received);
      else await subscription.ack(received);
      if (seen.length === 5) break;
    }
    expect(seen.filter(([n]) => n === 1)).toEqual([[1, 0]]);
    expect(seen.filter(([n]) => n === 2)).toEqual([
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    expect(seen.filter(([n]) => n === 3)).toEqual([[3, 0]]);
  });

  it('fills the room that one answer makes before it takes the next answer', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(0, 1, 2, 3, 4));
    const group = await groupOn(stream);
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize: 3 });
    const seen: number[] = [];
    subscription.on('data', (received) => {
      seen.push(numberOf(received));
      if (received.retryCount > 0) return;
      if (seen.length === 3) void subscription.nack('retry', 'once more', received);
      else void subscription.ack(received);
    });
    await eventually(
      async () => seen,
      ({ length }) => length === 6,
    );
    expect(seen).toEqual([0, 1, 2, 3, 4, 2]);
    await subscription.unsubscribe();
  });

  it('parks what fails too often and what is to be parked, and replays it on demand', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3, 4));
    const group = await groupOn(stream, { maxRetryCount: 1 });
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
    const replayed: number[] = [];
    let replaying = false;
    const reading = (async () => {
      for await (const received of subscription) {
        const n = numberOf(received);
        if (replaying) {
          replayed.push(n);
          await subscription.ack(received);
          if (replayed.length === 3) break;
        } else if (n === 4) await subscription.ack(received);
        else await subscription.nack(n === 1 ? 'retry' : 'park', 'cannot', received);
      }
    })();
    await eventually(
      () => infoOf(stream, group),
      ({ stats }) => stats.parkedMessageCount === 3n,
    );
    replaying = true;
    const stopAt = 2;
    await client().replayParkedMessagesToStream(stream, group, { stopAt });
    await eventually(
      async () => replayed.length,
      (length) => length === stopAt,
    );
    expect((await infoOf(stream, group)).stats.parkedMessageCount).toBe(1n);
    await client().replayParkedMessagesToStream(stream, group);
    await reading;
    expect([...replayed].sort()).toEqual([1, 2, 3]);
    await eventually(
      () => infoOf(stream, group),
      ({ stats }) => stats.parkedMessageCount === 0n,
    );
  });

  it('gives to another consumer what one did not finish in time, or left behind', async () => {
    const stream = name('stream');
    const group = await groupOn(stream, { messageTimeout: 100 });
    await client().appendToStream(stream, counted(1));
    const silent = client().subscribeToPersistentSubscriptionToStream(stream, group);
    const [first, again] = await collect(silent as AsyncIterable<Received>, 2);
    expect([first, again].map((received) => received && [numberOf(received), received.retryCount])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    const other = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(other, 1)).toEqual([1]);
  });

  it('gives a consumer no more than it has room for', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3, 4, 5));
    const group = await groupOn(stream);
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize: 2 });
    const received: Received[] = [];
    subscription.on('data', (event) => received.push(event));
    const { connections } = await eventually(
      () => infoOf(stream, group),
      (info) => info.connections[0]?.inFlightMessages === 2,
    );
    expect(connections[0]?.availableSlots).toBe(0);
    expect(received.length).toBeLessThanOrEqual(2);
    await eventually(
      async () => received.length,
      (length) => length === 2,
    );
    await subscription.ack(...received);
    await eventually(
      async () => received.length,
      (length) => length === 4,
    );
    await subscription.unsubscribe();
  });

  it('goes on from its checkpoint when all consumers have been away', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3, 4));
    const group = await groupOn(stream, { checkPointUpperBound: 1, checkPointLowerBound: 1, checkPointAfter: 10 });
    const first = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(first, 2)).toEqual([1, 2]);
    await eventually(
      () => infoOf(stream, group),
      ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
    );
    await client().restartPersistentSubscriptionSubsystem();
    const second = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(second, 2)).toEqual([3, 4]);
  });

  it('tells its settings, its numbers and its consumers', async () => {
    const stream = name('stream');
    const settings = streamSettings({ startFrom: 2n, extraStatistics: true, consumerStrategyName: 'Pinned' });
    const group = await groupOn(stream, settings);
    expect(await infoOf(stream, group)).toMatchObject({
      eventSource: stream,
      groupName: group,
      settings,
      connections: [],
    });
    expect((await infoOf(stream, group)).stats.lastKnownEventRevision).toBeUndefined();
    await client().appendToStream(stream, counted(0, 1, 2, 3));
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
    subscription.on('data', (received) => void subscription.ack(received));
    const info = await eventually(
      () => infoOf(stream, group),
      ({ stats }) => stats.totalItems === 2n && stats.outstandingMessagesCount === 0,
    );
    expect(info.stats.lastKnownEventRevision).toBe(3n);
    const [connection] = info.connections;
    expect(connection?.connectionName).toBe(client().connectionName);
    expect(connection?.totalItems).toBe(2n);
    expect(connection?.extraStatistics?.get('quintile 3')).toBeDefined();
    await subscription.unsubscribe();
    await eventually(
      () => infoOf(stream, group),
      ({ connections }) => connections.length === 0,
    );
  });

  it('is listed with the others of its stream', async () => {
    const stream = name('stream');
    const groups = [await groupOn(stream), await groupOn(stream)];
    const ofStream = await client().listPersistentSubscriptionsToStream(stream);
    expect(ofStream.map(({ groupName }) => groupName).sort()).toEqual([...groups].sort());
    const all = await client().listAllPersistentSubscriptions();
    expect(all.map(({ groupName }) => groupName)).toEqual(expect.arrayContaining(groups));
    await expect(client().listPersistentSubscriptionsToStream(name('nothing'))).rejects.toMatchObject({
      type: 'persistent-subscription-does-not-exist',
    });
  });

  it('ends its consumers when it is changed or deleted', async () => {
    const stream = name('stream');
    const group = await groupOn(stream);
    const ended = async (act: () => Promise<void>) => {
      const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
      const error = new Promise((resolve) => subscription.once('error', resolve));
      await new Promise((resolve) => subscription.once('confirmation', resolve));
      await act();
      return error;
    };
    const changed = streamSettings({ startFrom: START, maxRetryCount: 3 });
    expect(await ended(() => client().updatePersistentSubscriptionToStream(stream, group, changed))).toMatchObject({
      type: 'persistent-subscription-dropped',
      streamName: stream,
      groupName: group,
    });
    expect((await infoOf(stream, group)).settings.maxRetryCount).toBe(3);
    expect(await ended(() => client().deletePersistentSubscriptionToStream(stream, group))).toMatchObject({
      type: 'persistent-subscription-does-not-exist',
    });
    await expect(infoOf(stream, group)).rejects.toMatchObject({
      type: 'persistent-subscription-does-not-exist',
      message: `5 NOT_FOUND: Subscription group ${group} on stream ${stream} does not exist.`,
    });
  });

  it('begins anew when it is created again', async () => {
    const stream = name('stream');
    const group = name('group');
    const settings = streamSettings({ startFrom: START, checkPointUpperBound: 1, checkPointLowerBound: 1 });
    await client().appendToStream(stream, counted(1, 2));
    for (const _ of ['first', 'second']) {
      await client().createPersistentSubscriptionToStream(stream, group, settings);
      await expect(client().createPersistentSubscriptionToStream(stream, group, settings)).rejects.toMatchObject({
        type: 'persistent-subscription-exists',
      });
      const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
      expect(await acknowledge(subscription, 2)).toEqual([1, 2]);
      await client().deletePersistentSubscriptionToStream(stream, group);
    }
  });

  it('takes no more consumers than it may, and none for a group that does not exist', async () => {
    const stream = name('stream');
    const group = await groupOn(stream, { maxSubscriberCount: 1 });
    const first = client().subscribeToPersistentSubscriptionToStream(stream, group);
    await new Promise((resolve) => first.once('confirmation', resolve));
    const second = client().subscribeToPersistentSubscriptionToStream(stream, group);
    await expect(collect(second)).rejects.toMatchObject({ type: 'maximum-subscribers-reached' });
    await first.unsubscribe();
    const stray = client().subscribeToPersistentSubscriptionToStream(stream, name('nobody'));
    await expect(collect(stray)).rejects.toMatchObject({ type: 'persistent-subscription-does-not-exist' });
  });

  it.each([
    ['RoundRobin', [3, 3]],
    ['DispatchToSingle', [6, 0]],
  ] as const)('spreads events over its consumers by %s', async (consumerStrategyName, expected) => {
    const stream = name('stream');
    const group = await groupOn(stream, { consumerStrategyName });
    const counts = [0, 0];
    const subscriptions = await Promise.all(
      counts.map(async (_, index) => {
        const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
        subscription.on('data', () => (counts[index] = (counts[index] ?? 0) + 1));
        await new Promise((resolve) => subscription.once('confirmation', resolve));
        return subscription;
      }),
    );
    await client().appendToStream(stream, counted(1, 2, 3, 4, 5, 6));
    await eventually(
      async () => counts.reduce((sum, count) => sum + count, 0),
      (sum) => sum === 6,
    );
    expect([...counts].sort((a, b) => b - a)).toEqual(expected);
    await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
  });

  it('follows links when it is asked to, and takes the acknowledgement by the link', async () => {
    const [source, links] = [name('source'), name('links')];
    await client().appendToStream(source, counted(7));
    await client().appendToStream(links, linkTo(source, 0));
    const group = await groupOn(links, { resolveLinkTos: true });
    const subscription = client().subscribeToPersistentSubscriptionToStream(links, group);
    const [received] = await collect(subscription as AsyncIterable<Received>, 1);
    expect(received && numberOf(received)).toBe(7);
    expect(received?.link?.streamId).toBe(links);
    expect(received?.event?.streamId).toBe(source);
  });
});

const linkTo = (stream: string, revision: number) => ({
  ...jsonEvent({ type: '$>', data: {} }),
  contentType: 'application/octet-stream' as const,
  data: Buffer.from(`${revision}@${stream}`),
});

describe('persistent subscription to all streams', () => {
  it('delivers what its filter lets through, from a position on', async () => {
    const prefix = name('only');
    const mark = await client().appendToStream(`${prefix}-a`, counted(1));
    await client().appendToStream(name('other'), counted(9));
    await client().appendToStream(`${prefix}-b`, counted(2));
    const group = name('group');
    await client().createPersistentSubscriptionToAll(group, allSettings({ startFrom: mark.position! }), {
      filter: streamNameFilter({ prefixes: [prefix] }),
    });
    await client().appendToStream(`${prefix}-a`, counted(3));
    const subscription = client().subscribeToPersistentSubscriptionToAll(group);
    const received = await collect(subscription, 3);
    expect(received.map(numberOf)).toEqual([1, 2, 3]);
    const info = await client().getPersistentSubscriptionToAllInfo(group);
    expect(info.settings.startFrom).toEqual(mark.position);
    await client().deletePersistentSubscriptionToAll(group);
  });

  it('keeps its own bookkeeping out of what it delivers', async () => {
    const group = name('group');
    const settings = allSettings({
      startFrom: 'end',
      checkPointUpperBound: 1,
      checkPointLowerBound: 1,
      checkPointAfter: 10,
    });
    await client().createPersistentSubscriptionToAll(group, settings);
    const subscription = client().subscribeToPersistentSubscriptionToAll(group);
    const streams: string[] = [];
    subscription.on('data', (received) => {
      streams.push(received.event?.streamId ?? '');
      void subscription.ack(received);
    });
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2));
    await eventually(
      () => client().getPersistentSubscriptionToAllInfo(group),
      ({ stats }) => stats.lastCheckpointedEventPosition !== undefined && stats.outstandingMessagesCount === 0,
    );
    await client().appendToStream(stream, counted(3));
    await eventually(
      async () => streams.filter((one) => one === stream).length,
      (count) => count === 3,
    );
    expect(streams.filter((one) => one.startsWith('$persistentsubscription-'))).toEqual([]);
    await subscription.unsubscribe();
    await client().deletePersistentSubscriptionToAll(group);
  });

  it('can leave out system events', async () => {
    const group = name('group');
    const filter = excludeSystemEvents();
    await client().createPersistentSubscriptionToAll(group, allSettings({ startFrom: 'end' }), { filter });
    const stream = name('stream');
    await client().setStreamMetadata(stream, { maxCount: 5 });
    await client().appendToStream(stream, counted(1));
    const [first] = await collect(client().subscribeToPersistentSubscriptionToAll(group), 1);
    expect(first?.event?.type).toBe('Counted');
    await client().deletePersistentSubscriptionToAll(group);
  });
});
