import { EventStoreBusy } from './errors.js';

export interface LaneLimits {
  /** Jobs that may wait or run for one key. */
  readonly perKey: number;
  /** Jobs that may wait or run altogether. */
  readonly total: number;
}

interface Lane {
  tail: Promise<unknown>;
  length: number;
}

/** Runs jobs of one key one after another, in order of arrival; jobs of different keys side by side. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #total = 0;

  constructor(private readonly limits: LaneLimits) {}

  get length(): number {
    return this.#total;
  }

  /** @throws EventStoreBusy when the lane or all lanes together are full. */
  async run<Result>(key: string, job: () => Promise<Result>): Promise<Result> {
    const lane = this.#lanes.get(key) ?? { tail: Promise.resolve(), length: 0 };
    if (lane.length >= this.limits.perKey) throw new EventStoreBusy(`Too many commands wait for ${key}. Try again.`);
    if (this.#total >= this.limits.total) throw new EventStoreBusy('Too many commands wait. Try again.');
    this.#lanes.set(key, lane);
    lane.length++;
    this.#total++;
    const result = lane.tail.then(job);
    lane.tail = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      lane.length--;
      this.#total--;
      if (lane.length === 0) this.#lanes.delete(key);
    }
  }
}
