import { Injectable } from '@nestjs/common';
import { toInstant, type Instant } from '#calendar';
import { Clock, TestClock } from '#platform';
import { dueKinds, DueWork, type DueItem, type DueKind } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';

/** What falls due this soon is put into its queue already, to be done on time. */
export const horizonMs = 15_000;
const pageSize = 500;
/**
 * Changes that nobody has tried to bring yet are looked for among all at first and now and then, else among those that
 * were requested within this time: whoever follows the log has asked for them at once.
 */
const recentMs = 600_000;
/** A queue that holds fewer is filled up to more. What is due beyond that waits where it is found. */
const waitingMin = 1_000;
const waitingMax = 4_000;

/** Finds due work and puts it into its queue: the one way from what is due to who does it. */
@Injectable()
export class Search {
  #lookedAtAllMs = -Infinity;

  constructor(
    private readonly due: DueWork,
    private readonly queues: JobQueues,
    private readonly clock: Clock,
  ) {}

  /** One look at everything. @returns whether there was more of it than the queues should hold */
  async pass(): Promise<{ readonly more: boolean }> {
    const startedMs = performance.now();
    const [until, changedSince] = [this.#horizon(), this.#changedSince(startedMs)];
    const more = (await Promise.all(dueKinds.map((kind) => this.#fill(kind, until, changedSince)))).includes(true);
    if (changedSince === undefined && !more) this.#lookedAtAllMs = startedMs;
    return { more };
  }

  /**
   * Puts work of one kind that is known of into its queue, unless that is full: then it is left to be found later.
   * @throws Error when Redis is away
   */
  async ask(kind: DueKind, items: readonly DueItem[]): Promise<void> {
    if (items.length === 0 || (await this.#waiting(kind)) >= waitingMax) return;
    await this.queues.add(kind, items, (item) => this.#delayMs(item));
  }

  /** Goes on behind what is in the queue already, such as jobs that were given up: it must not hide the others. */
  async #fill(kind: DueKind, until: Instant, changedSince: Instant | undefined): Promise<boolean> {
    if ((await this.#waiting(kind)) >= waitingMin) return true;
    let after: DueItem | undefined;
    for (;;) {
      const page = await this.due.find(kind, until, pageSize, { after, changedSince });
      await this.queues.add(kind, page, (item) => this.#delayMs(item));
      if (page.length < pageSize) return false;
      if ((await this.#waiting(kind)) >= waitingMax) return true;
      after = page.at(-1);
    }
  }

  async #waiting(kind: DueKind): Promise<number> {
    return (await this.queues.counts(kind)).waiting;
  }

  /** A test clock stands still: what is not due at its time will not become so by waiting. */
  #horizon(): Instant {
    const nowMs = this.clock.nowMs();
    return toInstant(this.clock instanceof TestClock ? nowMs : nowMs + horizonMs);
  }

  /** Time goes by by itself; on a test clock nothing but a look at all of it is certain. */
  #changedSince(nowMs: number): Instant | undefined {
    const isRecent = !(this.clock instanceof TestClock) && nowMs - this.#lookedAtAllMs < recentMs / 2;
    return isRecent ? toInstant(this.clock.nowMs() - recentMs) : undefined;
  }

  #delayMs({ dueAt }: DueItem): number {
    return Date.parse(dueAt) - this.clock.nowMs();
  }
}
