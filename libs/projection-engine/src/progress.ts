import type { Position } from '#event-store';

interface Waiter {
  readonly position: Position;
  readonly arrived: () => void;
}

/**
 * How far a projection is known to have come, for whoever waits for a position. A projector of the same process says
 * so at once; for one elsewhere the checkpoint is looked at, in one shared poll and only while somebody waits.
 */
export class Progress {
  readonly #waiters = new Set<Waiter>();
  #reached: Position | null = null;
  #polling = false;
  /** False while the rows are filled for the first time: nobody may take what is missing for what is not. */
  complete = true;

  /**
   * @param read the checkpoint as it is stored; `null` before the first event
   * @param pollMs how long to leave the database alone between two looks
   */
  constructor(
    private readonly read: () => Promise<Position | null>,
    private readonly pollMs = 20,
  ) {}

  /** The projection holds everything up to `position`. */
  advance(position: Position): void {
    if (this.#reached !== null && !isBefore(this.#reached, position)) return;
    this.#reached = position;
    for (const waiter of this.#waiters) {
      if (!isBefore(position, waiter.position)) waiter.arrived();
    }
  }

  /** True as soon as the projection holds everything up to `position`, false when `timeoutMs` has passed before. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#reached !== null && !isBefore(this.#reached, position)) return true;
    return new Promise((resolve) => {
      const finish = (arrived: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(arrived);
      };
      const waiter: Waiter = { position, arrived: () => finish(true) };
      const timer = setTimeout(() => finish(false), timeoutMs);
      this.#waiters.add(waiter);
      void this.#poll();
    });
  }

  async #poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    while (this.#waiters.size > 0) {
      // A database that can't be reached is behind; the waiters' own time limits say so.
      const position = await this.read().catch(() => null);
      if (position !== null) this.advance(position);
      if (this.#waiters.size > 0) await new Promise((resolve) => setTimeout(resolve, this.pollMs));
    }
    this.#polling = false;
  }
}

function isBefore(a: Position, b: Position): boolean {
  return a.commit < b.commit || (a.commit === b.commit && a.prepare < b.prepare);
}
