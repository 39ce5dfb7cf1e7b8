import { persistentSubscriptionToStreamSettingsFromDefaults as streamSettings, START } from '@eventstore/db-client';
import { acknowledge, connected, groupMaker, infoOf } from './groups.js';
import { collect, counted, eventually, numberOf, useServer } from './server.js';

const server = useServer();
const { client, name } = server;
const groupOn = groupMaker(server);

describe('group of a persistent subscription', () => {
  it('tells its settings, its numbers and its consumers', async () => {
    const stream = name('stream');
    const settings = streamSettings({ startFrom: 2n, extraStatistics: true, consumerStrategyName: 'Pinned' });
    const group = await groupOn(stream, settings);
    expect(await infoOf(client(), stream, group)).toMatchObject({
      eventSource: stream,
      groupName: group,
      settings,
      connections: [],
    });
    expect((await infoOf(client(), stream, group)).stats.lastKnownEventRevision).toBeUndefined();
    await client().appendToStream(stream, counted(0, 1, 2, 3));
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
    subscription.on('data', (received) => void subscription.ack(received));
    const info = await eventually(
      () => infoOf(client(), stream, group),
      ({ stats }) => stats.totalItems === 2n && stats.outstandingMessagesCount === 0,
    );
    expect(info.stats.lastKnownEventRevision).toBe(3n);
    const [connection] = info.connections;
    expect(connection?.connectionName).toBe(client().connectionName);
    expect(connection?.totalItems).toBe(2n);
    expect(connection?.extraStatistics?.get('quintile 3')).toBeDefined();
    await subscription.unsubscribe();
    await eventually(
      () => infoOf(client(), stream, group),
      ({ connections }) => connections.length === 0,
    );
  });

  it('has every setting that it was given', async () => {
    const stream = name('stream');
    const settings = streamSettings({
      startFrom: 'end',
      resolveLinkTos: true,
      extraStatistics: true,
      messageTimeout: 12_345,
      maxRetryCount: 3,
      checkPointAfter: 4_321,
      checkPointLowerBound: 7,
      checkPointUpperBound: 70,
      maxSubscriberCount: 5,
      liveBufferSize: 300,
      readBatchSize: 25,
      historyBufferSize: 200,
      consumerStrategyName: 'DispatchToSingle',
    });
    const group = await groupOn(stream, settings);
    expect((await infoOf(client(), stream, group)).settings).toEqual(settings);
    const others = streamSettings({ startFrom: 3n });
    await client().updatePersistentSubscriptionToStream(stream, group, others);
    expect((await infoOf(client(), stream, group)).settings).toEqual(others);
  });

  it('keeps its place in a stream of checkpoints, and what it gave up in a stream of links', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3));
    const group = await groupOn(stream, { checkPointLowerBound: 1, checkPointUpperBound: 1 });
    const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
    subscription.on('data', (received) => {
      if (numberOf(received) === 2) void subscription.nack('park', 'not this one', received);
      else void subscription.ack(received);
    });
    await eventually(
      () => infoOf(client(), stream, group),
      ({ stats }) => stats.lastCheckpointedEventRevision === 2n,
    );
    await subscription.unsubscribe();
    const own = `$persistentsubscription-${stream}::${group}`;
    const checkpoints = await collect(client().readStream(`${own}-checkpoint`));
    expect(String(checkpoints.at(-1)?.event?.data)).toBe('2');
    const parked = await collect(client().readStream(`${own}-parked`, { resolveLinkTos: true }));
    expect(parked.map(numberOf)).toEqual([2]);
    expect(parked[0]?.link?.metadata).toMatchObject({ reason: 'not this one' });
  });

  it('goes on at its place when it is changed', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1, 2, 3));
    const group = await groupOn(stream);
    const before = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(before, 2)).toEqual([1, 2]);
    await eventually(
      () => infoOf(client(), stream, group),
      ({ connections }) => connections.length === 0,
    );
    const changed = streamSettings({ startFrom: START, maxRetryCount: 3 });
    await client().updatePersistentSubscriptionToStream(stream, group, changed);
    const after = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(after, 1)).toEqual([3]);
  });

  it('cannot be changed, deleted, replayed or asked when it does not exist', async () => {
    const [stream, group] = [name('스트림'), name('그룹')];
    await Promise.all(
      [
        client().updatePersistentSubscriptionToStream(stream, group, streamSettings()),
        client().deletePersistentSubscriptionToStream(stream, group),
        client().replayParkedMessagesToStream(stream, group),
        infoOf(client(), stream, group),
        collect(client().subscribeToPersistentSubscriptionToStream(stream, group)),
      ].map(async (asked: Promise<unknown>) => {
        const error = (await asked.catch((reason: unknown) => reason)) as { streamName: string; groupName: string };
        expect(error).toMatchObject({ type: 'persistent-subscription-does-not-exist' });
        expect([error.streamName, error.groupName].map(decodeURIComponent)).toEqual([stream, group]);
      }),
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

  it('ends its consumers when it is changed, restarted or deleted', async () => {
    const stream = name('stream');
    const group = await groupOn(stream);
    const ended = async (act: () => Promise<void>) => {
      const subscription = client().subscribeToPersistentSubscriptionToStream(stream, group);
      const error = new Promise((resolve) => subscription.once('error', resolve));
      await connected(subscription);
      await act();
      return error;
    };
    const changed = streamSettings({ startFrom: START, maxRetryCount: 3 });
    expect(await ended(() => client().updatePersistentSubscriptionToStream(stream, group, changed))).toMatchObject({
      type: 'persistent-subscription-dropped',
      streamName: stream,
      groupName: group,
    });
    expect((await infoOf(client(), stream, group)).settings.maxRetryCount).toBe(3);
    expect(await ended(() => client().restartPersistentSubscriptionSubsystem())).toMatchObject({
      type: 'persistent-subscription-dropped',
    });
    expect(await ended(() => client().deletePersistentSubscriptionToStream(stream, group))).toMatchObject({
      type: 'persistent-subscription-does-not-exist',
    });
    await expect(infoOf(client(), stream, group)).rejects.toMatchObject({
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
    await connected(first);
    const second = client().subscribeToPersistentSubscriptionToStream(stream, group);
    await expect(collect(second)).rejects.toMatchObject({ type: 'maximum-subscribers-reached' });
    await first.unsubscribe();
    const stray = client().subscribeToPersistentSubscriptionToStream(stream, name('nobody'));
    await expect(collect(stray)).rejects.toMatchObject({ type: 'persistent-subscription-does-not-exist' });
  });
});
