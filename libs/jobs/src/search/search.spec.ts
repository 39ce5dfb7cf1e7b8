import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant, type Instant } from '#calendar';
import { SystemClock, TestClock, type Clock } from '#platform';
import { DueWork, renewalOf, type DueItem, type DueKind, type FindOptions } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import { SpecRedis } from '../spec-support/spec-redis.js';
import { Search } from './search.js';

/** Work that falls due at given times. */
class ListedWork extends DueWork {
  constructor(private readonly items: readonly DueItem[]) {
    super();
  }

  readonly lookedSince: (Instant | undefined)[] = [];

  override find(kind: DueKind, until: Instant, limit: number, options: FindOptions = {}): Promise<readonly DueItem[]> {
    const { after, changedSince } = options;
    if (kind === 'push') this.lookedSince.push(changedSince);
    const from = after === undefined ? 0 : this.items.indexOf(after) + 1;
    const due = this.items.slice(from).filter((item) => item.kind === kind && item.dueAt <= until);
    return Promise.resolve(due.slice(0, limit));
  }

  override open(): Promise<readonly DueItem[]> {
    throw new Error('not asked for here');
  }

  override countRenewals(): Promise<number> {
    throw new Error('not asked for here');
  }

  override nextAfter(): Promise<Instant | null> {
    throw new Error('not asked for here');
  }
}

const renewal = (n: number, dueAt: Instant) =>
  renewalOf(`0637e301-e05d-505b-8267-${String(n).padStart(12, '0')}`, dueAt);

describe('the search for due work', () => {
  let redis: SpecRedis;
  let queues: JobQueues;

  beforeAll(async () => {
    redis = await SpecRedis.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.empty();
    queues = await JobQueues.open(redis.place);
  });
  afterEach(() => queues.onApplicationShutdown());

  const search = (clock: Clock, items: readonly DueItem[]) => new Search(new ListedWork(items), queues, clock);

  it('puts what is due into its queue, what is nearly due with its delay, and leaves the rest', async () => {
    const inMs = (ms: number) => toInstant(Date.now() + ms);
    const items = [renewal(1, inMs(-86_400_000)), renewal(2, inMs(10_000)), renewal(3, inMs(3_600_000))];
    expect(await search(new SystemClock(), items).pass()).toEqual({ more: false });
    expect(await queues.counts('renewal')).toEqual({ waiting: 1, active: 0, delayed: 1, failed: 0 });
  });

  it('looks no further than a test clock stands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'search-spec-'));
    const clock = TestClock.open(folder, '2026-07-01T00:00:00Z');
    const items = [renewal(1, '2026-07-01T00:00:00.000Z'), renewal(2, '2026-07-01T00:00:01.000Z')];
    await search(clock, items).pass();
    expect(await queues.counts('renewal')).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
    rmSync(folder, { recursive: true });
  });

  it('fills a queue no further than it should be, and comes back for more', async () => {
    const items = Array.from({ length: 10_000 }, (_, n) => renewal(n, '2026-07-01T00:00:00.000Z'));
    const searching = search(new SystemClock(), items);
    expect(await searching.pass()).toEqual({ more: true });
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 4_000 });
    expect(await searching.pass()).toEqual({ more: true });
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 4_000 });
  });

  it('leaves to be found later what it is asked for when the queue is full', async () => {
    const searching = search(new SystemClock(), []);
    const items = Array.from({ length: 4_000 }, (_, n) => renewal(n, '2026-07-01T00:00:00.000Z'));
    await searching.ask('renewal', items);
    await searching.ask('renewal', [renewal(9_999, '2026-07-01T00:00:00.000Z')]);
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 4_000 });
  });

  it('looks for untried pushes among all of them at first, then among recent ones; on a test clock always among all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'search-spec-'));
    const clocks = [new SystemClock(), TestClock.open(folder, '2026-07-01T00:00:00Z')];
    const looked = clocks.map(async (clock) => {
      const work = new ListedWork([]);
      const searching = new Search(work, queues, clock);
      for (let pass = 0; pass < 3; pass++) await searching.pass();
      return work.lookedSince.map((since) => since !== undefined);
    });
    expect(await Promise.all(looked)).toEqual([
      [false, true, true],
      [false, false, false],
    ]);
    rmSync(folder, { recursive: true });
  });

  it('finds what is behind more given-up jobs than a queue is filled with', async () => {
    const givenUp = Array.from({ length: 4_500 }, (_, n) => renewal(n, '2026-07-01T00:00:00.000Z'));
    const other = renewal(9_999, '2026-07-02T00:00:00.000Z');
    // Where jobs wait that nobody takes, they are as much in the way.
    await queues.add('renewal', givenUp, () => 3_600_000);
    expect(await search(new SystemClock(), [...givenUp, other]).pass()).toEqual({ more: false });
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 1, delayed: 4_500 });
  });
});
