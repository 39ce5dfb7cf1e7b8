import type { SubscriptionItem } from './in-line-stream.js';
import type { Position } from './position.js';
import { toRecordedEvent, type RecordedEvent } from './recorded-event.js';

export interface BatchLimits {
  readonly maxEvents: number;
  /** How long a batch may wait to be filled, from its first event on. */
  readonly maxWaitMs: number;
}

/** A stretch of the log. To store `checkpoint` together with what came of `events` is to have handled it. */
export interface EventBatch {
  /** In the order of the log; none when only the checkpoint moved, past events that the filter left out. */
  readonly events: readonly RecordedEvent[];
  /** Everything up to here is in this batch or in those before it. */
  readonly checkpoint: Position;
  /** True when the store had nothing newer when this batch was closed. */
  readonly caughtUp: boolean;
}

/** Gathers what a subscription says into batches. */
export class BatchBuilder {
  #events: RecordedEvent[] = [];
  #checkpoint: Position | 'start';
  #caughtUp = false;
  #isUrgent = false;
  #dueAt = Infinity;

  constructor(
    private readonly limits: BatchLimits,
    from: Position | 'start',
  ) {
    this.#checkpoint = from;
  }

  add(item: SubscriptionItem): void {
    if ('caughtUp' in item) {
      this.#isUrgent ||= item.caughtUp && !this.#caughtUp;
      this.#caughtUp = item.caughtUp;
    } else if ('checkpoint' in item) {
      this.#checkpoint = item.checkpoint;
      this.#schedule();
    } else {
      const event = toRecordedEvent(item);
      this.#events.push(event);
      this.#checkpoint = event.position;
      this.#schedule();
    }
  }

  /** Whether the batch should go out now. `isLast` says that nothing more will come. */
  isDue(isLast: boolean): boolean {
    if (this.#checkpoint === 'start') return false;
    if (this.#isUrgent || this.#events.length >= this.limits.maxEvents) return true;
    return this.#dueAt !== Infinity && (isLast || performance.now() >= this.#dueAt);
  }

  /** How long until it must go out; Infinity while there is nothing to send. */
  dueInMs(): number {
    return this.#dueAt === Infinity ? Infinity : Math.max(this.#dueAt - performance.now(), 0);
  }

  take(): EventBatch {
    if (this.#checkpoint === 'start') throw new Error('There is nothing to take before the first event or mark.');
    const batch = { events: this.#events, checkpoint: this.#checkpoint, caughtUp: this.#caughtUp };
    this.#events = [];
    this.#isUrgent = false;
    this.#dueAt = Infinity;
    return batch;
  }

  #schedule(): void {
    if (this.#dueAt === Infinity) this.#dueAt = performance.now() + this.limits.maxWaitMs;
  }
}
