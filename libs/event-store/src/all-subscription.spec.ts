import { randomUUID } from 'node:crypto';
import type { AllSubscription, SubscribeOptions } from './all-subscription.js';
import type { EventBatch } from './batch-builder.js';
import type { EventStore } from './event-store.js';
import { comparePositions, type Position } from './position.js';
import type { RecordedEvent } from './recorded-event.js';
import { startEndingServer } from './spec-support/ending-server.js';
import { collect, StoreFixture, until } from './spec-support/store-fixture.js';

/** Follows a subscription in the background and keeps what it brought. */
class Follower {
  readonly events: RecordedEvent[] = [];
  readonly batches: EventBatch[] = [];
  readonly ended: Promise<void>;

  constructor(
    readonly subscription: AllSubscription,
    private readonly handle: (batch: EventBatch) => Promise<void> = async () => undefined,
  ) {
    this.ended = this.#follow();
  }

  get caughtUp(): boolean {
    return this.batches.at(-1)?.caughtUp ?? false;
  }

  get ids(): string[] {
    return this.events.map(({ id }) => id);
  }

  async #follow(): Promise<void> {
    for await (const batch of this.subscription) {
      await this.handle(batch);
      this.events.push(...batch.events);
      this.batches.push(batch);
    }
  }
}

describe('AllSubscription', () => {
  let fixture: StoreFixture;
  let store: EventStore;
  let prefix: string;
  let aborting: AbortController;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    prefix = `s${randomUUID().slice(0, 8)}`;
    aborting = new AbortController();
  });
  afterEach(() => aborting.abort());

  const subscribe = (more: Partial<SubscribeOptions> = {}, from_: EventStore = store): AllSubscription =>
    from_.subscribeToAll({
      prefixes: [`${prefix}-`],
      from: 'start',
      signal: aborting.signal,
      batch: { maxEvents: 100, maxWaitMs: 5 },
      ...more,
    });

  /** Writes `count` events, up to 200 to a stream, and gives their ids. */
  const write = async (count: number, name = prefix): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (let start = 0; start < count; start += 200) {
      const events = ids.slice(start, start + 200).map((id) => ({ id, type: 'Noted', json: '{}', metadataJson: '{}' }));
      await store.append({ stream: `${name}-${randomUUID()}`, expectedRevision: -1n, events });
    }
    return ids;
  };

  it('delivers what was and what comes, in order, of the wanted streams alone', async () => {
    const old = await write(250);
    await write(3, 'other');
    const follower = new Follower(subscribe());
    await until('it has caught up', () => follower.caughtUp);
    expect(follower.ids).toEqual(old);
    const fresh = await write(1);
    await until('the new event is there', () => follower.events.length === 251);
    expect(follower.ids).toEqual([...old, ...fresh]);
    expect(follower.batches.every(({ events }) => events.length <= 100)).toBe(true);
    expect(follower.subscription.status).toMatchObject({ connected: true, caughtUp: true, lastError: null });
    aborting.abort();
    await follower.ended;
    expect(follower.subscription.status.connected).toBe(false);
  });

  it('goes on after a position, both parts of which it keeps', async () => {
    const ids = await write(10);
    const [first] = await collect(store.readAll({ prefixes: [prefix], maxCount: 4 })).then((all) => all.slice(3));
    const follower = new Follower(subscribe({ from: first!.position }));
    await until('it has caught up', () => follower.caughtUp);
    expect(follower.ids).toEqual(ids.slice(4));
  });

  it('gives each batch a checkpoint that covers its events and none of the later ones', async () => {
    await write(150);
    await write(3_000, 'other');
    await write(150);
    const follower = new Follower(subscribe({ batch: { maxEvents: 7, maxWaitMs: 60_000 } }));
    await until('it has caught up', () => follower.caughtUp);
    expect(follower.events).toHaveLength(300);
    let covered: Position = { commit: -1n, prepare: -1n };
    for (const { events, checkpoint } of follower.batches) {
      for (const { position } of events) {
        expect(comparePositions(covered, position)).toBeLessThan(0);
        expect(comparePositions(position, checkpoint)).toBeLessThanOrEqual(0);
      }
      covered = checkpoint;
    }
  });

  it('moves the checkpoint on past streams that nobody wanted', async () => {
    const start = await store.lastPosition();
    await write(3_000, 'other');
    const follower = new Follower(subscribe({ from: start }));
    await until('it has caught up', () => follower.caughtUp);
    expect(follower.events).toEqual([]);
    expect(comparePositions(follower.batches.at(-1)!.checkpoint, start)).toBeGreaterThan(0);
  });

  it('guards against `.on("data", async …)`: one batch at a time, and a slow consumer holds the store back', async () => {
    const ids = await write(5_000);
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const follower = new Follower(subscribe({ batch: { maxEvents: 10, maxWaitMs: 0 } }), async () => {
      most = Math.max(most, ++running);
      await held;
      running--;
    });
    await until('the first batch is being handled', () => running === 1);
    const heapBefore = process.memoryUsage().heapUsed;
    await write(2_000, 'other');
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(200 * 1024 * 1024);
    release();
    await until('all are delivered', () => follower.events.length === 5_000);
    expect(most).toBe(1);
    expect(follower.ids).toEqual(ids);
  });

  it('stops when its consumer stops, and comes again with the batch that was not finished', async () => {
    const ids = await write(30);
    const subscription = subscribe({ batch: { maxEvents: 10, maxWaitMs: 60_000 } });
    const taken: string[] = [];
    for await (const { events } of subscription) {
      taken.push(...events.map(({ id }) => id));
      if (taken.length >= 20) break;
    }
    expect(taken).toEqual(ids.slice(0, 20));
    expect(subscription.status.connected).toBe(false);
    const follower = new Follower(subscription);
    await until('the rest is there', () => follower.events.length >= 20);
    expect(follower.ids).toEqual(ids.slice(10));
  });

  it('passes on what its consumer throws, and lets go of the store', async () => {
    await write(1);
    const subscription = subscribe();
    const follower = new Follower(subscription, async () => {
      throw new Error('a poison event');
    });
    await expect(follower.ended).rejects.toThrow('a poison event');
    expect(subscription.status.connected).toBe(false);
  });

  it('guards against subscriptions that never resubscribe: a restarted node loses and repeats nothing', async () => {
    const interruptions: Error[] = [];
    const first = await write(500);
    const follower = new Follower(
      subscribe({ batch: { maxEvents: 20, maxWaitMs: 1 }, onInterrupted: (error) => interruptions.push(error) }),
    );
    await until('some are delivered', () => follower.events.length > 100);
    await fixture.stopNode();
    await until('it has noticed', () => !follower.subscription.status.connected && interruptions.length > 0);
    await until('it has tried again', () => follower.subscription.status.retries > 1);
    expect(follower.subscription.status.lastError).toEqual(expect.any(String));
    await fixture.startNode();
    await until('the rest is delivered', () => follower.events.length >= first.length);
    const second = await write(300);
    await until('the new ones are delivered', () => follower.events.length >= first.length + second.length);
    expect(follower.ids).toEqual([...first, ...second]);
    expect(follower.subscription.status).toMatchObject({ connected: true, retries: 0 });
  }, 30_000);

  it('takes a clean end for the failure that it is', async () => {
    const server = await startEndingServer();
    const interruptions: Error[] = [];
    const onInterrupted = (error: Error): void => void interruptions.push(error);
    const follower = new Follower(subscribe({ onInterrupted }, fixture.connect({}, server.connectionString)));
    await until('it has tried again', () => interruptions.length > 1);
    expect(interruptions[0]?.message).toBe('The server ended the subscription.');
    aborting.abort();
    await follower.ended;
    await server.close();
  });

  it('guards against a connection that dies in silence: pings notice, and it resubscribes', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined); // the client finds 200 ms too often
    const proxy = await fixture.proxy();
    const options = { keepAlive: { intervalMs: 200, timeoutMs: 200 } };
    const behindProxy = fixture.connect(options, proxy.connectionString);
    warn.mockRestore();
    const first = await write(5);
    const follower = new Follower(subscribe({ confirmTimeoutMs: 500 }, behindProxy));
    await until('it has caught up', () => follower.caughtUp);
    proxy.mute();
    const second = await write(5);
    await until('the silence is noticed', () => !follower.subscription.status.connected);
    proxy.heal();
    proxy.cut();
    proxy.heal();
    await until('the rest is delivered', () => follower.events.length >= 10);
    expect(follower.ids).toEqual([...first, ...second]);
  });
});
