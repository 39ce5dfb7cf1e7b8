import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes whoever waits for a change. What is waited for is looked at again after each ring. */
export class Bell {
  #ring: () => void = () => undefined;
  #next = this.#arm();

  ring(): void {
    const ring = this.#ring;
    this.#next = this.#arm();
    ring();
  }

  /** Resolves at the next ring. */
  next(): Promise<void> {
    return this.#next;
  }

  #arm(): Promise<void> {
    return new Promise((resolve) => (this.#ring = resolve));
  }
}

/** Waits for any of the rings, for as long at most; ends early when the signal aborts. */
export async function firstOf(rings: readonly Promise<void>[], timeoutMs: number, signal: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const time = sleep(timeoutMs, undefined, { signal: AbortSignal.any([signal, timer.signal]) }).catch(() => undefined);
  await Promise.race([...rings, time]);
  timer.abort();
}
