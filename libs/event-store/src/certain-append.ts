import type { AppendAnswer, AppendPipe } from './append-pipe.js';
import type { AppendRequest } from './append-message.js';
import { backoffMs, pause, type Random } from './backoff.js';
import { EventStoreRejected, EventStoreUnavailable, toStoreError } from './errors.js';
import type { RecordedEvent } from './recorded-event.js';

export interface CertaintyOptions {
  /** How long to go on finding out what became of an append whose answer was lost. */
  readonly patienceMs: number;
  readonly random: Random;
}

type ReadOn = (stream: string, from: bigint, maxCount: number, timeoutMs: number) => AsyncIterable<RecordedEvent>;

/**
 * Appends, and answers only what is certain.
 *
 * When the answer is lost (time-out, broken connection) the stream is read: our event ids right after the expected
 * revision say written, other ids say that this append can never be written any more, and nothing there says neither:
 * the first attempt may still be on its way. Then the very same events are sent again: their ids and the exact
 * expected revision let the store keep one of the two and answer both alike, and a conflict means neither.
 */
export class CertainAppend {
  constructor(
    private readonly pipe: AppendPipe,
    private readonly readOn: ReadOn,
    private readonly options: CertaintyOptions,
  ) {}

  /** @throws EventStoreUnavailable when it can't be told; EventStoreBusy, EventStoreRejected: nothing was written. */
  async append(request: AppendRequest): Promise<AppendAnswer> {
    let doubt: Error | null = null;
    let giveUpAt = Infinity;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.pipe.append(request, doubt ? Math.max(giveUpAt - performance.now(), 1) : undefined);
      } catch (error) {
        const failure = toStoreError(`appending to ${request.stream}`, error);
        // Once an earlier attempt is in doubt, that a later one was turned away says nothing of the earlier one.
        if (!doubt && !(failure instanceof EventStoreUnavailable)) throw failure;
        doubt ??= failure;
      }
      if (giveUpAt === Infinity) giveUpAt = performance.now() + this.options.patienceMs;
      const found = await this.#look(request, giveUpAt);
      if (found) return found;
      if (performance.now() >= giveUpAt) throw doubt;
      await pause(backoffMs(attempt, { baseMs: 10, maxMs: 500 }, this.options.random));
    }
  }

  /** What stands where the events should stand, or null when nothing does or nobody can tell. */
  async #look({ stream, expectedRevision, events }: AppendRequest, giveUpAt: number): Promise<AppendAnswer | null> {
    const timeoutMs = Math.max(giveUpAt - performance.now(), 1);
    let last: RecordedEvent | undefined;
    let index = 0;
    try {
      for await (const recorded of this.readOn(stream, expectedRevision + 1n, events.length, timeoutMs)) {
        if (recorded.id !== events[index]?.id) return { written: false };
        last = recorded;
        index++;
      }
    } catch (error) {
      if (error instanceof EventStoreRejected) throw error;
      return null;
    }
    if (!last) return null;
    // Appends are atomic: a part of ours alone is the same time-driven event, written by another process.
    return index === events.length
      ? { written: true, revision: last.revision, position: last.position }
      : { written: false };
  }
}
