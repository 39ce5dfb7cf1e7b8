import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#calendar';
import { EventStore } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { ReadModelPosition } from '#http';
import { TestClock } from '#platform';
import { DueWork, renewalOf, type DueItem } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import { Search } from '../search/search.js';
import { SpecRedis } from '../spec-support/spec-redis.js';
import { Workers } from '../workers/workers.js';
import { TimeTravel } from './time-travel.js';

/** Work that is due until it is crossed off. */
class Agenda extends DueWork {
  readonly #left = new Map<string, DueItem>();

  add(...items: readonly DueItem[]): void {
    for (const item of items) this.#left.set(item.id, item);
  }

  /** @returns whether it was on it */
  crossOff({ id }: DueItem): boolean {
    return this.#left.delete(id);
  }

  override open(until: Instant): Promise<readonly DueItem[]> {
    return Promise.resolve([...this.#left.values()].filter(({ dueAt }) => dueAt <= until));
  }

  override find(): Promise<readonly DueItem[]> {
    throw new Error('not asked for here');
  }

  override countRenewals(): Promise<number> {
    throw new Error('not asked for here');
  }

  override nextAfter(moment: Instant): Promise<Instant | null> {
    const later = [...this.#left.values()].map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > moment);
    return Promise.resolve(later.sort()[0] ?? null);
  }
}

class Projected extends ReadModelPosition {
  readonly complete = true;

  override waitFor(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

const june = (day: number): Instant => `2026-06-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const renewal = (n: number, dueAt: Instant) =>
  renewalOf(`0637e301-e05d-505b-8267-${String(n).padStart(12, '0')}`, dueAt);

describe('time travel', () => {
  let folder: string;
  let node: EventStoreNode;
  let store: EventStore;
  let redis: SpecRedis;
  let queues: JobQueues;
  let clock: TestClock;
  let agenda: Agenda;
  let workers: Workers | undefined;
  const item = renewal(1, june(5));

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'time-travel-spec-'));
    node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    store = new EventStore(node.connectionString);
    redis = await SpecRedis.start();
    queues = await JobQueues.open(redis.place);
    clock = TestClock.open(folder, june(1));
    agenda = new Agenda();
    workers = undefined;
  });
  afterEach(async () => {
    await workers?.onApplicationShutdown();
    await queues.onApplicationShutdown();
    await redis.stop();
    await store.close();
    await node.stop();
    rmSync(folder, { recursive: true });
  });

  const travel = (until: Instant) =>
    new TimeTravel(agenda, new Search(agenda, queues, clock), queues, store, new Projected()).travel(clock, until);
  const work = (handle: (item: DueItem) => unknown) => {
    const handler = {
      kind: 'renewal' as const,
      concurrency: 4,
      handle: (item: DueItem) => {
        handle(item);
        return Promise.resolve('done' as const);
      },
    };
    workers = new Workers(redis.place, queues, clock, [handler]);
    workers.onApplicationBootstrap();
  };

  it('stands at each moment until all is done that is due then, also what follows from it', async () => {
    const [first, last] = [renewal(1, june(5)), renewal(2, june(20))];
    agenda.add(last, first, renewal(3, june(25)));
    const done: string[] = [];
    work((item) => {
      if (!agenda.crossOff(item)) return;
      done.push(`${item.licenseId.at(-1)} at ${clock.now()}`);
      if (item.id === first.id) agenda.add(renewal(4, june(5)), renewal(5, june(6)));
    });
    await travel(june(21));
    expect(done).toEqual([`1 at ${june(5)}`, `4 at ${june(5)}`, `5 at ${june(6)}`, `2 at ${june(20)}`]);
    expect(clock.now()).toBe(june(21));
  });

  it('asks again for what Redis has lost', async () => {
    agenda.add(item);
    const travelling = travel(june(6));
    while ((await queues.counts('renewal')).waiting === 0) await sleep(10);
    await redis.empty();
    work(() => agenda.crossOff(item));
    await travelling;
    expect(clock.now()).toBe(june(6));
  });

  it('passes over what was given up', async () => {
    agenda.add(item);
    work(() => {
      throw new Error('its event can not be read');
    });
    await travel(june(6));
    expect(clock.now()).toBe(june(6));
    expect(await queues.counts('renewal')).toMatchObject({ failed: 1 });
  });

  it('waits while Redis is away', async () => {
    agenda.add(item);
    await redis.stop();
    const travelling = travel(june(6));
    await sleep(2_500); // longer than it takes to look for jobs that were given up
    expect(clock.now()).toBe(june(5));
    agenda.crossOff(item); // done all the same, by a worker that had it already
    await travelling;
    expect(clock.now()).toBe(june(6));
  });
});
