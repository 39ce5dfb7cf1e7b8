import { pause } from './backoff.js';
import { EventStoreBusy, EventStoreUnavailable } from './errors.js';

export interface LaneLimits {
  /** Jobs that may wait or run for one key. */
  readonly perKey: number;
  /** Jobs that may wait or run altogether. */
  readonly total: number;
}

interface Lane {
  tail: Promise<unknown>;
  length: number;
  turns: number;
  turnsSince: number;
  /** Jobs that have come to this lane. */
  arrived: number;
  /** The last job that found the store away, and how many had come by then. */
  outage: { readonly error: EventStoreUnavailable; readonly arrived: number } | null;
}

/** A lane rests after this many jobs in a row, for as long as so many of them took, and a little. */
const rest = { after: 25, turns: 4, ms: 3 };

/**
 * Runs jobs of one key one after another, in order of arrival; jobs of different keys side by side.
 *
 * A lane that never pauses would shut out other processes that write to the same stream: each of its appends is sent
 * before theirs can follow a read. So a busy lane rests now and then, long enough for one read and one append.
 *
 * A job that finds the store away has waited for it as long as a caller should. Those that waited behind it are told
 * the same, instead of finding it out one after another.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #total = 0;

  constructor(private readonly limits: LaneLimits) {}

  get length(): number {
    return this.#total;
  }

  /** @throws EventStoreBusy when the lane or all lanes together are full; EventStoreUnavailable without running it. */
  async run<Result>(key: string, job: () => Promise<Result>): Promise<Result> {
    const lane = this.#lanes.get(key) ?? {
      tail: Promise.resolve(),
      length: 0,
      turns: 0,
      turnsSince: performance.now(),
      arrived: 0,
      outage: null,
    };
    if (lane.length >= this.limits.perKey) throw new EventStoreBusy(`Too many commands wait for ${key}. Try again.`);
    if (this.#total >= this.limits.total) throw new EventStoreBusy('Too many commands wait. Try again.');
    this.#lanes.set(key, lane);
    lane.length++;
    this.#total++;
    const place = ++lane.arrived;
    const result = lane.tail.then(() => this.#attempt(lane, place, job));
    lane.tail = result.catch(() => undefined).then(() => this.#rest(lane));
    try {
      return await result;
    } finally {
      lane.length--;
      this.#total--;
      if (lane.length === 0) this.#lanes.delete(key);
    }
  }

  async #attempt<Result>(lane: Lane, place: number, job: () => Promise<Result>): Promise<Result> {
    if (lane.outage !== null && place <= lane.outage.arrived) throw lane.outage.error;
    try {
      return await job();
    } catch (error) {
      if (error instanceof EventStoreUnavailable) lane.outage = { error, arrived: lane.arrived };
      throw error;
    }
  }

  async #rest(lane: Lane): Promise<void> {
    if (++lane.turns < rest.after || lane.length === 0) return;
    const turnMs = (performance.now() - lane.turnsSince) / lane.turns;
    await pause(turnMs * rest.turns + rest.ms);
    lane.turns = 0;
    lane.turnsSince = performance.now();
  }
}
