import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what must come; the test's own time is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
