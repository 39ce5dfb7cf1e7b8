import { setTimeout as sleep } from 'node:timers/promises';

/** Exponential back-off with jitter over its upper half: never at once, never in step with the others. */
export function backoffMs(attempt: number, baseMs: number, maxMs: number, random: () => number): number {
  const ceilingMs = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30));
  return ceilingMs / 2 + (random() * ceilingMs) / 2;
}

/** Waits, or returns early when the signal aborts. */
export async function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
