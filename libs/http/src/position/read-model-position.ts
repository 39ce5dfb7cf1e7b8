import type { Position } from './position.js';

/** How far the read model has come; provided by whoever owns the read model. */
export abstract class ReadModelPosition {
  /** True as soon as the read model holds everything up to `position`, false when `timeoutMs` has passed before. */
  abstract waitFor(position: Position, timeoutMs: number): Promise<boolean>;
}
