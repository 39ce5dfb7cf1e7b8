import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 10;

/** Waits for something to come true; a spec's own time limit says when that is not to be expected any more. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(pollMs);
}
