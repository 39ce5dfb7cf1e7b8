import type { EventStoreDBClient } from '@eventstore/db-client';
import { backoffMs, pause, type Random } from './backoff.js';
import { BatchBuilder, type BatchLimits, type EventBatch } from './batch-builder.js';
import { InLineStream } from './in-line-stream.js';
import type { Position } from './position.js';

export interface SubscribeOptions {
  /** Only streams whose name starts with one of these; without it, all but the store's own streams. */
  readonly prefixes?: readonly string[];
  /** Where to go on: events after this position are delivered. */
  readonly from: Position | 'start';
  readonly signal: AbortSignal;
  readonly batch: BatchLimits;
  /** How long the server may take to confirm a subscription. Default 10 s. */
  readonly confirmTimeoutMs?: number;
  /** Told of each interruption, for the log. */
  readonly onInterrupted?: (error: Error, retryInMs: number) => void;
}

export interface SubscriptionStatus {
  readonly connected: boolean;
  /** Whether everything that the store has was delivered, as far as it told. */
  readonly caughtUp: boolean;
  /** Attempts since the last event or mark arrived. */
  readonly retries: number;
  readonly lastError: string | null;
  /** The checkpoint of the last batch that the consumer took. */
  readonly delivered: Position | 'start';
}

/** A store that is back is noticed within two seconds, however long it was away. */
const retry = { baseMs: 100, maxMs: 2_000 };

/**
 * All events in the order of the log, in batches, without end: an interrupted subscription is taken up again after
 * the last batch that was delivered, so nothing is lost and nothing comes twice. It ends when its signal aborts.
 *
 * Iterate it once at a time; the next batch is fetched when it is asked for.
 */
export class AllSubscription implements AsyncIterable<EventBatch> {
  #delivered: Position | 'start';
  #connected = false;
  #caughtUp = false;
  #retries = 0;
  #lastError: string | null = null;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly options: SubscribeOptions,
    private readonly random: Random,
  ) {
    this.#delivered = options.from;
  }

  get status(): SubscriptionStatus {
    return {
      connected: this.#connected,
      caughtUp: this.#caughtUp,
      retries: this.#retries,
      lastError: this.#lastError,
      delivered: this.#delivered,
    };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EventBatch, void, undefined> {
    const { signal, onInterrupted } = this.options;
    while (!signal.aborted) {
      const failure = yield* this.#follow();
      if (!failure) return;
      this.#lastError = failure.message;
      const retryInMs = backoffMs(this.#retries++, retry, this.random);
      onInterrupted?.(failure, retryInMs);
      await pause(retryInMs, signal);
    }
  }

  /** One subscription, until it fails (the failure) or the signal aborts (null). */
  async *#follow(): AsyncGenerator<EventBatch, Error | null, undefined> {
    const { signal, prefixes, confirmTimeoutMs = 10_000 } = this.options;
    const stream = new InLineStream(this.client, this.#delivered, prefixes);
    const batch = new BatchBuilder(this.options.batch, this.#delivered);
    const stop = (): void => stream.fail(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
    const confirmBy = performance.now() + confirmTimeoutMs;
    try {
      while (!signal.aborted) {
        const item = stream.read();
        this.#connected = stream.confirmed && !stream.failure;
        if (item) {
          this.#retries = 0;
          batch.add(item);
        }
        if (batch.isDue(item === null && stream.failure !== null)) {
          const next = batch.take();
          this.#caughtUp = next.caughtUp;
          yield next;
          this.#delivered = next.checkpoint;
        } else if (!item) {
          if (stream.failure) return stream.failure;
          if (!stream.confirmed && performance.now() >= confirmBy)
            return new Error('The subscription was not confirmed.');
          await stream.wait(stream.confirmed ? batch.dueInMs() : confirmBy - performance.now());
        }
      }
      return null;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#connected = false;
      this.#caughtUp = false;
      stream.close();
    }
  }
}
