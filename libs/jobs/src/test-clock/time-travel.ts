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
/** Redis may have lost what was asked for. */
const askAgainMs = 500;
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
    // What is done may make more due, which is seen when it is projected.
    do await this.#projected();
    while (await this.#workOff(now));
    return this.due.nextAfter(now);
  }

  /** @returns whether something was due, and got done */
  async #workOff(now: Instant): Promise<boolean> {
    let seen = '';
    let [seenAtMs, askedAtMs] = [performance.now(), -Infinity];
    for (let round = 0; ; round++) {
      const open = await this.due.open(now, sampleMax);
      if (open.length === 0) return round > 0;
      const ids = open.map(({ id }) => id).join();
      if (ids !== seen) [seen, seenAtMs, askedAtMs] = [ids, performance.now(), -Infinity];
      const waitedMs = performance.now() - seenAtMs;
      if (waitedMs > unusualMs && (await this.#areGivenUp(open))) return false;
      if (waitedMs > patienceMs) throw behind(open);
      if (performance.now() - askedAtMs > askAgainMs) {
        await this.#ask(open);
        askedAtMs = performance.now();
      }
      await sleep(pollMs);
    }
  }

  /** Without Redis the workers look for themselves when it is back. */
  async #ask(open: readonly DueItem[]): Promise<void> {
    const isAll = open.length < sampleMax;
    const asking = isAll
      ? Promise.all(
          dueKinds.map((of) =>
            this.search.ask(
              of,
              open.filter(({ kind }) => kind === of),
            ),
          ),
        )
      : this.search.pass();
    await asking.catch(() => undefined);
  }

  /** Without Redis nobody knows. */
  async #areGivenUp(open: readonly DueItem[]): Promise<boolean> {
    const failed = await Promise.all(dueKinds.map((kind) => this.queues.failed(kind).catch(() => [])));
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
