import type pg from 'pg';
import type { Logger } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { CheckpointStore, Progress } from '#projection-engine';

export interface FirstFill {
  readonly store: EventStore;
  readonly pool: pg.Pool;
  readonly checkpoint: CheckpointStore;
  readonly progress: Progress;
  readonly prefixes: readonly string[];
  readonly logger: Logger;
}

const lookMs = 1_000;

/**
 * Keeps queries off rows that have never held all that the log has, as after an upgrade that gave them a new shape:
 * what they lack would look as if it did not exist. Rows that were complete once are answered from, however late.
 */
export async function fillFirst(parts: FirstFill): Promise<{ stop(): Promise<void> }> {
  const { pool, checkpoint, progress, logger } = parts;
  const stopping = new AbortController();
  if (await checkpoint.isComplete(pool)) return { stop: () => Promise.resolve() };
  progress.complete = false;
  const filled = untilFilled(parts, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ err: error }, 'It is not known whether the read model is complete');
  });
  return {
    stop: async () => {
      stopping.abort();
      await filled;
    },
  };
}

async function untilFilled(parts: FirstFill, signal: AbortSignal): Promise<void> {
  const { store, pool, checkpoint, progress, prefixes, logger } = parts;
  const end = await patiently(() => store.lastPositionOf(prefixes), signal);
  let told = false;
  while (end !== null && !(await progress.waitFor(end, lookMs))) {
    signal.throwIfAborted();
    if (!told) logger.info('The read model is being filled from the events; queries answer 503 until it is complete.');
    told = true;
  }
  await patiently(async () => {
    await checkpoint.open(pool);
    await checkpoint.complete(pool);
  }, signal);
  progress.complete = true;
  if (told) logger.info('The read model is complete.');
}

/** Until it works: the event store or the database may be away just now. */
async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await sleep(lookMs, undefined, { signal });
    }
  }
}
