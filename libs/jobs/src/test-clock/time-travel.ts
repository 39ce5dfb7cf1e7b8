import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { toInstant, type Instant } from '#calendar';
import { EventStore } from '#event-store';
import { ProblemException, ReadModelPosition } from '#http';
import { TestClock } from '#platform';
import { projectedPrefixes } from '#read-model';
import { dueKinds, DueWork, type DueItem } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import { Search } from '../search/search.js';

const pollMs = 10;
/** How long to wait while nothing gets done at all. */
const patienceMs = 60_000;
/** Jobs that are given up are looked for only when nothing has got done for this long. */
const unusualMs = 1_000;
const sampleMax = 500;

/**
 * Moves a test clock through everything that falls due on the way, in the order of its time: the clock stands at each
 * such moment until the workers have done what is due then and the read model shows it.
 */
@Injectable()
export class TimeTravel {
  #travelling: Promise<void> = Promise.resolve();

  constructor(
    private readonly due: DueWork,
    private readonly search: Search,
    private readonly queues: JobQueues,
    private readonly store: EventStore,
    private readonly readModel: ReadModelPosition,
  ) {}

  /**
   * One journey after another.
   * @throws ClockMoveError when `until` is before where the clock stands, then or by now
   * @throws ProblemException `read-model-behind` when what is due does not get done
   */
  travel(clock: TestClock, until: Instant): Promise<void> {
    clock.assertAhead(until);
    const journey = this.#travelling.then(() => this.#travel(clock, until));
    this.#travelling = journey.catch(() => undefined);
    return journey;
  }

  async #travel(clock: TestClock, until: Instant): Promise<void> {
    clock.assertAhead(until);
    for (let next = await this.#settle(clock); next !== null && next <= until; next = await this.#settle(clock)) {
      clock.moveTo(next);
    }
    clock.moveTo(until);
  }

  /** Has all of it done that is due now. @returns when the next is due; what was given up is passed over */
  async #settle(clock: TestClock): Promise<Instant | null> {
    const now = toInstant(clock.nowMs());
    let before = '';
    let sinceMs = performance.now();
    for (;;) {
      await this.#projected();
      const open = await this.due.open(now, sampleMax);
      if (open.length === 0) break;
      const seen = open.map(({ id }) => id).join();
      if (seen !== before) [before, sinceMs] = [seen, performance.now()];
      const waitedMs = performance.now() - sinceMs;
      if (waitedMs > unusualMs && (await this.#areGivenUp(open))) break;
      if (waitedMs > patienceMs) throw behind(open);
      // Again and again: Redis may have lost it since.
      await this.search.pass().catch(() => undefined);
      await sleep(pollMs);
    }
    return this.due.nextAfter(now);
  }

  async #areGivenUp(open: readonly DueItem[]): Promise<boolean> {
    const failed = await Promise.all(dueKinds.map((kind) => this.queues.failed(kind)));
    const ids = new Set(failed.flat().map((job) => job.id));
    return open.every(({ id }) => ids.has(id));
  }

  /** The read model holds whatever was written up to now, by whichever process. */
  async #projected(): Promise<void> {
    const newest = await this.store.lastPositionOf(projectedPrefixes);
    if (newest === null || (await this.readModel.waitFor(newest, patienceMs))) return;
    throw new ProblemException('read-model-behind', 'What fell due is recorded, but not projected yet. Try again.');
  }
}

function behind(open: readonly DueItem[]): ProblemException {
  const [first] = open;
  const what = `${open.length === sampleMax ? 'more than ' : ''}${open.length} jobs`;
  return new ProblemException(
    'read-model-behind',
    `${what} that are due at ${first?.dueAt} do not get done. Is a worker running, and Redis with it? The clock stands where it has come to; repeat the request to go on.`,
  );
}
