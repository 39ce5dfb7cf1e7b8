import { backoffMs, pause, type Random } from './backoff.js';
import { EventStoreUnavailable } from './errors.js';
import type { ReadStreamOptions } from './read.js';
import type { RecordedEvent } from './recorded-event.js';

export interface ReadPatience {
  /** How long to go on trying while nothing comes, before EventStoreUnavailable. */
  readonly patienceMs: number;
  readonly random: Random;
  /** Ends the trying. */
  readonly signal: AbortSignal;
}

type Stretch = Pick<ReadStreamOptions, 'from' | 'maxCount'>;

/**
 * Reads a stretch of a stream and, when the connection is lost, goes on behind the last event that came: revisions say
 * where that is. So a command waits out a short outage whether it has to read first or only appends.
 */
export async function* readPatiently(
  read: (stretch: Stretch) => AsyncIterable<RecordedEvent>,
  { from = 0n, maxCount = Infinity }: Stretch,
  { patienceMs, random, signal }: ReadPatience,
): AsyncGenerator<RecordedEvent, void, undefined> {
  let next = from;
  let left = maxCount;
  let quietSince = performance.now();
  for (let attempt = 0; left > 0; attempt++) {
    try {
      for await (const event of read({ from: next, ...(left !== Infinity && { maxCount: left }) })) {
        yield event;
        next = event.revision + 1n;
        left--;
        attempt = 0;
        quietSince = performance.now();
      }
      return;
    } catch (error) {
      const isHopeless = signal.aborted || performance.now() - quietSince >= patienceMs;
      if (!(error instanceof EventStoreUnavailable) || isHopeless) throw error;
    }
    await pause(backoffMs(attempt, { baseMs: 10, maxMs: 500 }, random), signal);
  }
}
