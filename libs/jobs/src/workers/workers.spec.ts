import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemException } from '#http';
import { TestClock } from '#platform';
import { pushOf, type DueItem } from '../due/due-work.js';
import { Operations } from '../operations/operations.js';
import { JobQueues } from '../queues/job-queues.js';
import { SpecRedis } from '../spec-support/spec-redis.js';
import { until } from '../spec-support/until.js';
import type { Handled } from './handler.js';
import { Workers } from './workers.js';

const now = '2026-06-01T09:00:00.000Z';
const license = (n: number) => `0637e301-e05d-505b-8267-${String(n).padStart(12, '0')}`;

describe('workers', () => {
  let folder: string;
  let clock: TestClock;
  let redis: SpecRedis;
  let queues: JobQueues;
  let running: Workers[];
  /** What was handled, in its order. */
  let handled: DueItem[];

  beforeAll(async () => {
    redis = await SpecRedis.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'workers-spec-'));
    clock = TestClock.open(folder, now);
    await redis.empty();
    queues = await JobQueues.open(redis.place);
    running = [];
    handled = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((workers) => workers.onApplicationShutdown()));
    await queues.onApplicationShutdown();
    rmSync(folder, { recursive: true });
  });

  const work = (handle: (item: DueItem) => Promise<Handled> | Handled) => {
    const workers = new Workers(redis.place, queues, clock, [
      {
        kind: 'push',
        concurrency: 4,
        handle: async (item) => {
          const result = await handle(item);
          handled.push(item);
          return result;
        },
      },
    ]);
    workers.onApplicationBootstrap();
    running.push(workers);
  };
  const ask = (...items: DueItem[]) => queues.add('push', items, () => 0);
  const isIdle = async () => {
    const { waiting, active, delayed } = await queues.counts('push');
    return waiting + active + delayed === 0;
  };

  it('share the work, and none of it is done twice', async () => {
    for (let n = 0; n < 3; n++) work(() => 'done');
    const items = Array.from({ length: 200 }, (_, n) => pushOf(license(n), 1, now));
    await ask(...items);
    await until(isIdle);
    expect(handled.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort());
    expect(await queues.counts('push')).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('leave what is not due by their own clock, whatever the clock of who asked', async () => {
    work(() => 'done');
    await ask(pushOf(license(1), 1, '2026-06-01T09:00:01.000Z'), pushOf(license(2), 1, now));
    await until(async () => (await queues.counts('push')).delayed === 1 && handled.length === 1);
    expect(handled.map(({ licenseId }) => licenseId)).toEqual([license(2)]);
    clock.moveTo('2026-06-01T09:00:01Z');
    await until(isIdle);
    expect(handled.map(({ licenseId }) => licenseId)).toEqual([license(2), license(1)]);
  });

  it('come again to what is not to be done just now', async () => {
    let turns = 0;
    work(() => (++turns < 3 ? { againInMs: 1 } : 'done'));
    await ask(pushOf(license(1), 1, now));
    await until(isIdle);
    expect(turns).toBe(3);
  });

  it('wait for the end of an outage, and hold it against no job', async () => {
    let isAway = true;
    let turns = 0;
    work(() => {
      turns++;
      if (isAway) throw new ProblemException('event-store-unavailable', 'gone');
      return 'done';
    });
    await ask(...Array.from({ length: 20 }, (_, n) => pushOf(license(n), 1, now)));
    // More often than a job may fail.
    await until(() => turns > 20);
    expect(await queues.counts('push')).toMatchObject({ failed: 0 });
    isAway = false;
    await until(isIdle);
    expect(new Set(handled.map(({ licenseId }) => licenseId)).size).toBe(20);
  }, 60_000);

  it('give up a job that fails again and again, with its reason, and go on with the others', async () => {
    const operations = new Operations(queues);
    let isMended = false;
    work(({ licenseId }) => {
      if (licenseId === license(1) && !isMended) throw new Error('its event can not be read');
      return 'done';
    });
    const poison = pushOf(license(1), 1, now);
    await ask(poison, pushOf(license(2), 1, now), pushOf(license(3), 1, now));
    await until(async () => (await queues.counts('push')).failed === 1);
    expect(handled.map(({ licenseId }) => licenseId).sort()).toEqual([license(2), license(3)]);
    const request = { kind: 'push', state: 'failed', limit: 50 } as const;
    expect(await operations.list(request)).toMatchObject({
      items: [{ jobId: poison.id, licenseId: license(1), attempts: 3, reason: 'its event can not be read' }],
      nextCursor: null,
    });
    // Asked for again it stays where it is: what is wrong with it has been said.
    await ask(poison);
    expect(await queues.counts('push')).toMatchObject({ waiting: 0, failed: 1 });

    await expect(operations.retry('push', 'nobody')).rejects.toThrow('No push with this id has failed');
    isMended = true;
    expect(await operations.retry('push', poison.id)).toMatchObject({ state: 'waiting' });
    await until(isIdle);
    expect(handled.map(({ licenseId }) => licenseId)).toContain(license(1));
    expect((await operations.list(request)).items).toEqual([]);
  }, 60_000);

  it('end though Redis has gone, also with a job in hand', async () => {
    const other = await SpecRedis.start();
    const its = await JobQueues.open(other.place);
    let hasEnded = false;
    const workers = new Workers(other.place, its, clock, [
      {
        kind: 'push',
        concurrency: 4,
        handle: async () => {
          await other.stop();
          hasEnded = true;
          return 'done';
        },
      },
    ]);
    workers.onApplicationBootstrap();
    await its.add('push', [pushOf(license(1), 1, now)], () => 0);
    await until(() => hasEnded);
    await workers.onApplicationShutdown();
    await its.onApplicationShutdown();
  });

  it('end with a job that has just met an outage, of which Redis is being told', async () => {
    const ending = new Promise<void>((resolve) => {
      work(() => {
        // Before the answer of Redis can have come. An end that waited for it without letting it come would never be.
        queueMicrotask(() => resolve(running[0]?.onApplicationShutdown()));
        throw new ProblemException('event-store-unavailable', 'gone');
      });
    });
    await ask(pushOf(license(1), 1, now));
    await ending;
    running = [];
    expect(await queues.counts('push')).toMatchObject({ active: 0, failed: 0 });
  });

  it('go on when Redis was emptied under them', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    work(async ({ licenseId }): Promise<Handled> => {
      if (licenseId === license(1)) await held;
      return 'done';
    });
    await ask(pushOf(license(1), 1, now));
    await until(async () => (await queues.counts('push')).active === 1);
    await redis.empty();
    release();
    await until(() => handled.length === 1);
    await ask(pushOf(license(2), 1, now));
    await until(() => handled.length === 2);
  });
});
