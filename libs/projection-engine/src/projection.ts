import type { RecordedEvent } from '#event-store';
import type { Queryable } from './sql/pool.js';

/**
 * Turns events into rows. The projector gives it stretches of the log in order, and lets it write each in the
 * transaction that moves the checkpoint.
 *
 * A new version of the rows is a projection with a higher version in a schema of its own: it is filled beside the one
 * that serves, compared, and then served instead.
 */
export interface Projection {
  readonly name: string;
  readonly version: number;
  /** Where its rows, its checkpoint and its parked events are: an SQL identifier. */
  readonly schema: string;
  /** It takes the events of streams whose name starts with one of these. */
  readonly prefixes: readonly string[];
  /**
   * Folds events in memory.
   *
   * @param db serves for reading what the fold starts from
   * @param before the fold of the events before these, if its rows may not be there yet: this one starts from it
   */
  fold(events: readonly RecordedEvent[], db: Queryable, before: Fold | null): Promise<Fold>;
  /** Drops what it keeps in memory: another projector may have moved the rows on. */
  forget(): void;
}

/** What events come to, before any of it is written. */
export interface Fold {
  /**
   * The first event of each stream that could not be taken. The projector parks it with all later ones of the stream
   * and folds the others anew, so that nothing of it is left in the rows.
   */
  readonly failures: readonly FoldFailure[];
  /** Writes the rows; writing them twice changes nothing. */
  write(transaction: Queryable): Promise<void>;
  /** The rows are durable: what was folded may serve later folds. */
  keep(): void;
}

export interface FoldFailure {
  readonly event: RecordedEvent;
  readonly reason: string;
}
