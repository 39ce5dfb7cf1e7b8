import type { Position } from './position.js';

/** How far the read model has come; provided by whoever owns the read model. */
export abstract class ReadModelPosition {
  /** False while it is filled for the first time: what is missing then would look as if it were not there. */
  abstract readonly complete: boolean;

  /** True as soon as the read model holds everything up to `position`, false when `timeoutMs` has passed before. */
  abstract waitFor(position: Position, timeoutMs: number): Promise<boolean>;
}
