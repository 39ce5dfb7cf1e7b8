export const behaviours = ['well', 'slow', 'fail', 'wrong', 'away'] as const;

/** How an instance takes what is pushed to it. */
export interface Behaviour {
  /**
   * `well`: applies and acknowledges. `slow`: the same, `delayMs` later. `fail`: answers 500. `wrong`: acknowledges one
   * seat more than it was given, and applies nothing. `away`: breaks the connection.
   */
  readonly kind: (typeof behaviours)[number];
  /** Waited before each answer. */
  readonly delayMs: number;
}

export const well: Behaviour = { kind: 'well', delayMs: 0 };

const delayMaxMs = 600_000;

/** @throws Error with what is wrong */
export function readBehaviour(input: unknown): Behaviour {
  const { kind, delayMs = 0 } = (input ?? {}) as Record<string, unknown>;
  const known = behaviours.find((name) => name === kind);
  if (known === undefined) throw new Error(`kind must be one of ${behaviours.join(', ')}`);
  if (typeof delayMs !== 'number' || !(delayMs >= 0 && delayMs <= delayMaxMs)) {
    throw new Error(`delayMs must be a number from 0 to ${delayMaxMs}`);
  }
  return { kind: known, delayMs };
}
