import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binaryEvent, START, type EventStoreDBClient, type StreamSubscription } from '@eventstore/db-client';
import { EventStoreProcess } from './event-store-process.js';

/**
 * A subscriber that is far slower than the writers costs the node no memory, and misses nothing. The trial lasts
 * SLOW_SUBSCRIBER_SECONDS, and on until the subscriber is far behind; with SLOW_SUBSCRIBER_REPORT=1 it tells what it saw.
 * Memory is what the node holds apart from mapped files, which Linux tells.
 */
const SECONDS = Number(process.env.SLOW_SUBSCRIBER_SECONDS ?? 10);
const REPORT = process.env.SLOW_SUBSCRIBER_REPORT === '1';
const WRITERS = 8;
const EVENTS_PER_APPEND = 4;
const EVENT_BYTES = 64 * 1024;
const PAUSE_MS = 50;
const WARM_UP_MS = 2_000;
/** What a node that takes such appends may grow by while garbage lies about; a buffer of what waits would take more. */
const GROWTH_MB_MAX = 64;
const BEHIND_MB_MIN = 3 * GROWTH_MB_MAX;

const folder = mkdtempSync(join(tmpdir(), 'event-store-slow-'));
let node: EventStoreProcess;
beforeAll(async () => {
  node = await EventStoreProcess.start(folder);
});
afterAll(async () => {
  await node.kill();
  rmSync(folder, { recursive: true });
});

/** Takes its time over each event while it is slow. */
class Reader {
  readonly revisions: bigint[] = [];
  isSlow = true;

  async read(subscription: StreamSubscription): Promise<void> {
    for await (const { event } of subscription) {
      this.revisions.push(event?.revision ?? -1n);
      if (this.isSlow) await sleep(PAUSE_MS);
    }
  }
}

/** Appends to one stream without a pause, where a revision numbers each event. */
class FastWriters {
  written = 0;

  constructor(private readonly client: EventStoreDBClient) {}

  async write(goOn: () => boolean): Promise<void> {
    await Promise.all(Array.from({ length: WRITERS }, () => this.writeAlone(goOn)));
  }

  private async writeAlone(goOn: () => boolean): Promise<void> {
    const data = Buffer.alloc(EVENT_BYTES, 'x');
    while (goOn()) {
      const events = Array.from({ length: EVENTS_PER_APPEND }, () => binaryEvent({ type: 'Written', data }));
      await this.client.appendToStream('fast', events);
      this.written += events.length;
    }
  }
}

function heapMb(pid: number): number {
  const [, kilobytes] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const lasting = (ms: number): (() => boolean) => {
  const until = performance.now() + ms;
  return () => performance.now() < until;
};

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
  `a slow subscriber and fast writers for ${SECONDS} s: memory is bounded, nothing is lost`,
  async () => {
    const { client, pid } = node;
    const subscription = client.subscribeToStream('fast', { fromRevision: START });
    const reader = new Reader();
    const reading = reader.read(subscription);
    const writers = new FastWriters(client);
    const behindMb = () => ((writers.written - reader.revisions.length) * EVENT_BYTES) / 1024 ** 2;
    await writers.write(lasting(WARM_UP_MS));

    const heapsMb = [heapMb(pid)];
    const watch = setInterval(() => heapsMb.push(heapMb(pid)), 100);
    const trial = lasting(SECONDS * 1_000);
    await writers.write(() => trial() || behindMb() < BEHIND_MB_MIN);
    clearInterval(watch);
    const [before = 0] = heapsMb;
    if (REPORT) report({ written: writers.written, read: reader.revisions.length, behindMb: behindMb() }, heapsMb);

    reader.isSlow = false;
    while (reader.revisions.length < writers.written) await sleep(20);
    await subscription.unsubscribe();
    await reading;
    expect(reader.revisions).toEqual(Array.from({ length: writers.written }, (_, revision) => BigInt(revision)));
    expect(Math.max(...heapsMb) - before).toBeLessThan(GROWTH_MB_MAX);
  },
  SECONDS * 10_000 + 120_000,
);

function report(counts: object, heapsMb: readonly number[]): void {
  const tenth = Math.ceil(heapsMb.length / 10);
  const highestOfTenths = Array.from({ length: 10 }, (_, n) =>
    Math.round(Math.max(...heapsMb.slice(n * tenth, (n + 1) * tenth))),
  );
  process.stderr.write(`${JSON.stringify({ ...counts, heapBeforeMb: heapsMb[0], highestOfTenths })}\n`);
}
