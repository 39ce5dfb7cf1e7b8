import { Bell } from './bell.js';
import type { EventBatch, Position, RecordedEvent } from '#event-store';

export interface GatherLimits {
  /** A stretch this long is handed out at once, and nothing more is read until it is taken. */
  readonly maxEvents: number;
  /** How long a stretch may be filled up while the log is still ahead. */
  readonly maxWaitMs: number;
}

/**
 * Reads on while the consumer is busy and hands out what has come meanwhile as one batch: what is behind goes in
 * large batches, what is live goes at once. At most `maxEvents` and one batch of the source are held.
 *
 * @param source is started with a signal that ends it; it is aborted when the consumer leaves
 */
export async function* gather(
  source: (signal: AbortSignal) => AsyncIterable<EventBatch>,
  { maxEvents, maxWaitMs }: GatherLimits,
): AsyncGenerator<EventBatch, void, undefined> {
  const reading = new AbortController();
  const stretch = new Stretch(maxEvents);
  const pumped = pump(source(reading.signal), stretch, reading.signal);
  try {
    for (;;) {
      await stretch.ready(maxWaitMs);
      const batch = stretch.take();
      if (batch) yield batch;
      else if (stretch.ended) return;
    }
  } finally {
    reading.abort();
    stretch.close();
    await pumped;
  }
}

async function pump(source: AsyncIterable<EventBatch>, stretch: Stretch, signal: AbortSignal): Promise<void> {
  try {
    for await (const batch of source) {
      stretch.add(batch);
      await stretch.room();
      if (signal.aborted) return;
    }
    stretch.end(null);
  } catch (error) {
    stretch.end(error instanceof Error ? error : new Error(String(error)));
  }
}

/** What has been read and not yet taken. */
class Stretch {
  #events: RecordedEvent[] = [];
  #checkpoint: Position | null = null;
  #caughtUp = false;
  #end: { readonly error: Error | null } | null = null;
  readonly #bell = new Bell();

  constructor(private readonly maxEvents: number) {}

  /** True once all was taken and nothing more will come. @throws what ended the source */
  get ended(): boolean {
    if (this.#end?.error) throw this.#end.error;
    return this.#end !== null;
  }

  add(batch: EventBatch): void {
    for (const event of batch.events) this.#events.push(event);
    this.#checkpoint = batch.checkpoint;
    this.#caughtUp = batch.caughtUp;
    this.#bell.ring();
  }

  end(error: Error | null): void {
    this.#end ??= { error };
    this.#bell.ring();
  }

  close(): void {
    this.#events = [];
    this.end(null);
  }

  async room(): Promise<void> {
    while (this.#events.length >= this.maxEvents && this.#end === null) await this.#bell.next();
  }

  /** Resolves when there is something worth taking: all there is, or enough, or enough time has passed. */
  async ready(maxWaitMs: number): Promise<void> {
    while (this.#checkpoint === null && this.#end === null) await this.#bell.next();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#bell.ring();
    }, maxWaitMs);
    while (!late && !this.#caughtUp && this.#events.length < this.maxEvents && this.#end === null) {
      await this.#bell.next();
    }
    clearTimeout(timer);
  }

  take(): EventBatch | null {
    if (this.#checkpoint === null) return null;
    const batch = { events: this.#events, checkpoint: this.#checkpoint, caughtUp: this.#caughtUp };
    this.#events = [];
    this.#checkpoint = null;
    this.#bell.ring();
    return batch;
  }
}
