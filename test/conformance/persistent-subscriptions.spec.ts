import type {
  PersistentSubscriptionToStream,
  PersistentSubscriptionToStreamResolvedEvent,
} from '@eventstore/db-client';
import { acknowledge, connected, groupMaker, infoOf, linkTo } from './groups.js';
import { collect, counted, eventually, numberOf, useServer } from './server.js';

const server = useServer();
const { client, name } = server;
const groupOn = groupMaker(server);

type Received = PersistentSubscriptionToStreamResolvedEvent;

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
      () => infoOf(client(), stream, group),
      ({ stats }) => stats.parkedMessageCount === 3n,
    );
    replaying = true;
    const stopAt = 2;
    await client().replayParkedMessagesToStream(stream, group, { stopAt });
    await eventually(
      async () => replayed.length,
      (length) => length === stopAt,
    );
    expect((await infoOf(client(), stream, group)).stats.parkedMessageCount).toBe(1n);
    await client().replayParkedMessagesToStream(stream, group);
    await reading;
    expect([...replayed].sort()).toEqual([1, 2, 3]);
    await eventually(
      () => infoOf(client(), stream, group),
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
      () => infoOf(client(), stream, group),
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
      () => infoOf(client(), stream, group),
      ({ stats }) => stats.lastCheckpointedEventRevision === 1n,
    );
    await client().restartPersistentSubscriptionSubsystem();
    const second = client().subscribeToPersistentSubscriptionToStream(stream, group);
    expect(await acknowledge(second, 2)).toEqual([3, 4]);
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
        await connected(subscription);
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
    const [source, gone, links] = [name('source'), name('gone'), name('links')];
    await client().appendToStream(source, counted(7));
    await client().appendToStream(gone, counted(8));
    await client().appendToStream(links, [linkTo(source, 0), linkTo(gone, 0)]);
    await client().deleteStream(gone);
    const group = await groupOn(links, { resolveLinkTos: true, checkPointAfter: 10, checkPointLowerBound: 1 });
    const subscription = client().subscribeToPersistentSubscriptionToStream(links, group);
    const [received, alone] = await collectAcknowledged(subscription, 2);
    expect(received && numberOf(received)).toBe(7);
    expect(received?.event?.streamId).toBe(source);
    expect(alone?.event).toBeUndefined();
    expect([received, alone].map((one) => one?.link?.streamId)).toEqual([links, links]);
    await eventually(
      () => infoOf(client(), links, group),
      ({ stats }) => stats.lastCheckpointedEventRevision === 1n && stats.outstandingMessagesCount === 0,
    );
    await subscription.unsubscribe();
  });
});

async function collectAcknowledged(subscription: PersistentSubscriptionToStream, max: number): Promise<Received[]> {
  const collected: Received[] = [];
  subscription.on('data', (received) => {
    collected.push(received);
    void subscription.ack(received);
  });
  await eventually(
    async () => collected.length,
    (length) => length === max,
  );
  return collected;
}
