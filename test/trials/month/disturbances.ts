import type { Interruption } from './play.js';
import { Random } from './random.js';
import { roles, type Role, type Stage } from './stage.js';

interface Strike {
  readonly afterSteps: number;
  readonly delayMs: number;
  readonly role: Role;
}

const delayMaxMs = 250;

/** Kills a role and empties Redis, again and again, in the middle of whatever is going on then. */
export class Disturbances {
  readonly #left: Strike[];
  readonly #struck: Promise<void>[] = [];

  /** At moments that belong to the seed, over nine tenths of the steps; each role is struck as often as the others. */
  constructor(
    private readonly stage: Stage,
    count: number,
    steps: number,
    seed: number,
  ) {
    const random = new Random(seed);
    const order = Array.from({ length: Math.ceil(count / roles.length) }, () => random.shuffled(roles)).flat();
    this.#left = order.slice(0, count).map((role, n) => ({
      role,
      afterSteps: Math.floor(((n + random.next()) / count) * steps * 0.9),
      delayMs: random.integer(0, delayMaxMs),
    }));
  }

  readonly interrupt: Interruption = (stepsDone) => {
    while (this.#left[0] !== undefined && this.#left[0].afterSteps <= stepsDone) {
      const { role, delayMs } = this.#left.shift() as Strike;
      this.#struck.push(this.#strike(role, delayMs));
    }
  };

  /** Resolves when everything runs again. @returns how often it struck */
  async over(): Promise<number> {
    await Promise.all(this.#struck);
    return this.#struck.length;
  }

  async #strike(role: Role, delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await Promise.all([this.stage.kill(role), this.stage.emptyRedis()]);
  }
}
