import type { ClosedThrough } from '#accounting';
import type { Month } from '#contracts';
import { comparePositions, type Position } from '#event-store';
import type { Queryable } from '#projection-engine';

/** A month that was closed, and where in the log. */
export interface Closing {
  readonly month: Month;
  readonly position: Position;
}

/** The closings as far as they were projected, oldest first. */
export type PeriodBook = readonly Closing[];

/**
 * What was closed where `position` stands in the log. It does not ask what is closed by now: an event that had to wait,
 * because its license was parked, is booked as if it had been projected in its turn, and as a rebuild will book it.
 */
export function closedThroughAt(book: PeriodBook, position: Position): ClosedThrough {
  return book.findLast((closing) => comparePositions(closing.position, position) < 0)?.month ?? null;
}

export async function loadPeriodBook(db: Queryable, schema: string): Promise<PeriodBook> {
  const { rows } = await db.query<{ month: Month; commit: string; prepare: string }>(
    `SELECT month, commit_position::text AS commit, prepare_position::text AS prepare
     FROM ${schema}.accounting_closings ORDER BY revision`,
  );
  return rows.map(({ month, commit, prepare }) => ({
    month,
    position: { commit: BigInt(commit), prepare: BigInt(prepare) },
  }));
}
