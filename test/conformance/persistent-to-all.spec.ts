import {
  excludeSystemEvents,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  streamNameFilter,
  type Position,
} from '@eventstore/db-client';
import { acknowledge, connected } from './groups.js';
import { collect, counted, eventually, numberOf, useServer } from './server.js';

const { client, name } = useServer();

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

  it('goes on from its checkpoint, with its filter, when it is changed or restarted', async () => {
    const [prefix, group] = [name('prefix'), name('group')];
    const settings = allSettings({ startFrom: 'end', checkPointUpperBound: 1, checkPointLowerBound: 1 });
    const filter = streamNameFilter({ prefixes: [prefix] });
    await client().createPersistentSubscriptionToAll(group, settings, { filter });
    for (const n of [1, 2, 3]) {
      await client().appendToStream(name('other'), counted(9));
      await client().appendToStream(`${prefix}-${n}`, counted(n));
    }
    const read = async (max: number) => {
      const numbers = await acknowledge(client().subscribeToPersistentSubscriptionToAll(group), max);
      await eventually(
        () => client().getPersistentSubscriptionToAllInfo(group),
        ({ connections }) => connections.length === 0,
      );
      return numbers;
    };
    expect(await read(1)).toEqual([1]);
    await client().updatePersistentSubscriptionToAll(group, { ...settings, maxRetryCount: 2 });
    expect(await read(1)).toEqual([2]);
    await client().restartPersistentSubscriptionSubsystem();
    expect(await read(1)).toEqual([3]);
    await client().deletePersistentSubscriptionToAll(group);
  });

  it('tells its settings and its numbers as positions, and is listed', async () => {
    const group = name('group');
    const mark = await client().appendToStream(name('mark'), counted(0));
    const settings = allSettings({
      startFrom: mark.position!,
      resolveLinkTos: true,
      extraStatistics: true,
      messageTimeout: 12_345,
      maxRetryCount: 3,
      checkPointAfter: 1_000,
      checkPointLowerBound: 1,
      checkPointUpperBound: 1,
      maxSubscriberCount: 5,
      liveBufferSize: 300,
      readBatchSize: 25,
      historyBufferSize: 200,
      consumerStrategyName: 'Pinned',
    });
    await client().createPersistentSubscriptionToAll(group, settings);
    const subscription = client().subscribeToPersistentSubscriptionToAll(group);
    subscription.on('data', (received) => void subscription.ack(received));
    const isKnown = (position: Position | undefined) => (position?.commit ?? -1n) >= (mark.position?.commit ?? 0n);
    const info = await eventually(
      () => client().getPersistentSubscriptionToAllInfo(group),
      ({ stats }) => isKnown(stats.lastKnownEventPosition) && isKnown(stats.lastCheckpointedEventPosition),
    );
    expect(info).toMatchObject({ eventSource: '$all', groupName: group, settings });
    expect(info.connections).toHaveLength(1);
    await subscription.unsubscribe();
    const listed = await client().listPersistentSubscriptionsToAll();
    expect(listed.map(({ groupName }) => groupName)).toContain(group);
    await client().deletePersistentSubscriptionToAll(group);
    await expect(client().getPersistentSubscriptionToAllInfo(group)).rejects.toMatchObject({
      type: 'persistent-subscription-does-not-exist',
    });
  });

  it('parks and replays', async () => {
    const [stream, group] = [name('stream'), name('group')];
    const filter = streamNameFilter({ prefixes: [stream] });
    await client().createPersistentSubscriptionToAll(group, allSettings({ startFrom: 'end' }), { filter });
    await client().appendToStream(stream, counted(1, 2, 3));
    const subscription = client().subscribeToPersistentSubscriptionToAll(group);
    const replayed: number[] = [];
    let replaying = false;
    subscription.on('data', (received) => {
      if (replaying) replayed.push(numberOf(received));
      void (replaying ? subscription.ack(received) : subscription.nack('park', 'later', received));
    });
    const isParked = (count: bigint) =>
      eventually(
        () => client().getPersistentSubscriptionToAllInfo(group),
        ({ stats }) => stats.parkedMessageCount === count,
      );
    await isParked(3n);
    replaying = true;
    await client().replayParkedMessagesToAll(group, { stopAt: 2 });
    await isParked(1n);
    await client().replayParkedMessagesToAll(group);
    await isParked(0n);
    await eventually(
      async () => replayed,
      ({ length }) => length === 3,
    );
    expect([...replayed].sort()).toEqual([1, 2, 3]);
    await subscription.unsubscribe();
    await client().deletePersistentSubscriptionToAll(group);
  });

  it('gives the events of a stream to one of its consumers when it is pinned', async () => {
    const [prefix, group] = [name('prefix'), name('group')];
    const settings = allSettings({ startFrom: 'end', consumerStrategyName: 'Pinned' });
    await client().createPersistentSubscriptionToAll(group, settings, {
      filter: streamNameFilter({ prefixes: [prefix] }),
    });
    const seen: string[][] = [[], []];
    const subscriptions = await Promise.all(
      seen.map(async (streams) => {
        const subscription = client().subscribeToPersistentSubscriptionToAll(group, { bufferSize: 100 });
        subscription.on('data', (received) => {
          streams.push(received.event?.streamId ?? '');
          void subscription.ack(received);
        });
        await connected(subscription);
        return subscription;
      }),
    );
    const streams = Array.from({ length: 20 }, (_, n) => `${prefix}-${n}`);
    for (const round of [1, 2, 3]) for (const stream of streams) await client().appendToStream(stream, counted(round));
    await eventually(
      async () => seen.flat(),
      ({ length }) => length === 60,
    );
    const [first, second] = seen.map((ones) => new Set(ones));
    expect(first?.size).toBeGreaterThan(0);
    expect(second?.size).toBeGreaterThan(0);
    expect((first?.size ?? 0) + (second?.size ?? 0)).toBe(streams.length);
    await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
    await client().deletePersistentSubscriptionToAll(group);
  });
});
