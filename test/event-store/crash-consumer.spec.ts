import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BACKWARDS,
  END,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  START,
  StreamNotFoundError,
  streamNameFilter,
  type EventData,
  type EventStoreDBClient,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
} from '@eventstore/db-client';
import { seeded } from '../support/seeded.js';
import { EventStoreProcess } from './event-store-process.js';

/**
 * A consumer that acknowledges while the node is killed: after each start its group goes on right behind a checkpoint up
 * to which all was acknowledged. CRASH_ROUNDS and CRASH_SEED as in crash.spec.ts.
 */
const SEED = Number(process.env.CRASH_SEED ?? 20240131);
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 10);
const STREAM = 'work';
const GROUP = 'workers';

const settings = {
  startFrom: START,
  checkPointAfter: 20,
  checkPointLowerBound: 1,
  checkPointUpperBound: 25,
  readBatchSize: 50,
} as const;
const bufferSize = 40;

type Subscription = PersistentSubscriptionToStream | PersistentSubscriptionToAll;
interface Source {
  readonly name: string;
  create(client: EventStoreDBClient): Promise<void>;
  subscribe(client: EventStoreDBClient): Subscription;
  /** What a checkpoint of the group counts in: revisions or positions. */
  placeOf(event: { readonly revision: bigint; readonly position?: { readonly commit: bigint } }): bigint;
}

const sources: Source[] = [
  {
    name: STREAM,
    create: (client) => client.createPersistentSubscriptionToStream(STREAM, GROUP, streamSettings(settings)),
    subscribe: (client) => client.subscribeToPersistentSubscriptionToStream(STREAM, GROUP, { bufferSize }),
    placeOf: ({ revision }) => revision,
  },
  {
    name: '$all',
    create: (client) => {
      const filter = streamNameFilter({ prefixes: [STREAM] });
      return client.createPersistentSubscriptionToAll(GROUP, allSettings(settings), { filter });
    },
    subscribe: (client) => client.subscribeToPersistentSubscriptionToAll(GROUP, { bufferSize }),
    placeOf: ({ position }) => position?.commit ?? 0n,
  },
];

/** Appends numbered events, one to five at a time, and sends again what was not answered. */
class Producer {
  written = 0;
  private unanswered: EventData[] | undefined;

  constructor(private readonly nextRandom: () => number) {}

  async append(client: EventStoreDBClient): Promise<void> {
    this.unanswered ??= Array.from({ length: 1 + Math.floor(this.nextRandom() * 5) }, () =>
      jsonEvent({ type: 'Asked', data: { n: this.written++ } }),
    );
    await client.appendToStream(STREAM, this.unanswered);
    this.unanswered = undefined;
  }

  /** Until the node is gone. */
  async appendOn(client: EventStoreDBClient): Promise<void> {
    try {
      for (;;) await this.append(client);
    } catch {
      // what was not answered stays to be sent again
    }
  }
}

/** Acknowledges what it is given, some of it late and out of order. */
class Consumer {
  /** All that it ever saw, and all that it ever sent an acknowledgement of. */
  readonly seen = new Set<number>();
  readonly finished = new Set<number>();
  /** Since its last connecting, in the order of their coming. */
  received: number[] = [];

  constructor(private readonly nextRandom: () => number) {}

  async consume(subscription: Subscription): Promise<void> {
    this.received = [];
    let late: (() => Promise<void>)[] = [];
    for await (const resolved of subscription) {
      const { n } = resolved.event?.data as { n: number };
      this.seen.add(n);
      this.received.push(n);
      const acknowledge = async () => {
        this.finished.add(n);
        await subscription.ack(resolved);
      };
      if (this.nextRandom() < 0.2) late.unshift(acknowledge);
      else await acknowledge();
      if (late.length < 10 && this.nextRandom() < 0.95) continue;
      for (const each of late) await each();
      late = [];
    }
  }
}

async function checkpointOf(client: EventStoreDBClient, source: string): Promise<bigint> {
  const stream = `$persistentsubscription-${source}::${GROUP}-checkpoint`;
  let checkpoint = -1n;
  try {
    const newest = client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    for await (const { event } of newest) checkpoint = BigInt(event?.data as unknown as number);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return checkpoint;
}

/** The numbers of all events in the stream, those up to the checkpoint and those behind it. */
async function readLog(client: EventStoreDBClient, { name, placeOf }: Source) {
  const checkpoint = await checkpointOf(client, name);
  const before: number[] = [];
  const behind: number[] = [];
  for await (const { event } of client.readStream(STREAM)) {
    if (event) (placeOf(event) <= checkpoint ? before : behind).push((event.data as { n: number }).n);
  }
  return { before, behind };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe.each(sources)(`a consumer of a group on $name, its node killed ${ROUNDS} times`, (source) => {
  let folder: string;
  let node: EventStoreProcess;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'event-store-consumer-'));
    node = await EventStoreProcess.start(folder);
  });
  afterEach(async () => {
    await node.kill();
    rmSync(folder, { recursive: true });
  });

  it(`sees every event, and goes on without a gap (seed ${SEED})`, async () => {
    const nextRandom = seeded(SEED);
    const producer = new Producer(nextRandom);
    const consumer = new Consumer(nextRandom);
    let lastCheckpoint = -1n;
    await producer.append(node.client);
    await source.create(node.client);

    for (let round = 0; round < ROUNDS; round += 1) {
      const { before, behind } = await readLog(node.client, source);
      expect(before.filter((n) => !consumer.finished.has(n))).toEqual([]);
      const consuming = consumer.consume(source.subscribe(node.client)).catch(() => undefined);
      const producing = producer.appendOn(node.client);
      const killAt = consumer.finished.size + 40 + Math.floor(nextRandom() * 300);
      while (consumer.finished.size < killAt) await nextTurn();
      await node.kill();
      await Promise.all([consuming, producing]);
      await node.client.dispose();
      expect(consumer.received[0]).toBe(behind[0] ?? before.length);
      expect(consumer.received).toEqual(consumer.received.map((_, index) => (consumer.received[0] ?? 0) + index));

      node = await EventStoreProcess.start(folder);
      const checkpoint = await checkpointOf(node.client, source.name);
      expect(checkpoint).toBeGreaterThanOrEqual(lastCheckpoint);
      lastCheckpoint = checkpoint;
    }

    await producer.append(node.client);
    const { behind } = await readLog(node.client, source);
    const subscription = source.subscribe(node.client);
    const consuming = consumer.consume(subscription);
    while (consumer.received.length < behind.length) await nextTurn();
    await subscription.unsubscribe();
    await consuming;
    expect(consumer.received).toEqual(behind);
    expect([...consumer.seen].sort((a, b) => a - b)).toEqual(Array.from({ length: producer.written }, (_, n) => n));
    expect(lastCheckpoint).toBeGreaterThan(-1n);
    expect(await node.stop()).toBe(0);
  }, 300_000);
});
