import { accountingPeriodsStream, decodePeriodEvent, monthAfter, type ClosedThrough } from '#accounting';
import type { Position, RecordedEvent } from '#event-store';
import { bulkInsert, type Queryable, type RowOf } from '#projection-engine';
import { closingColumns } from './journal.table.js';
import { closedThroughAt, type PeriodBook } from './period-book.js';
import { moveLate } from './totals.js';

const insert = bulkInsert('accounting_closings', closingColumns);

/** One row per closing, and the book of them that decides into which month each event is booked. */
export class PeriodsProjection {
  readonly #rows: RowOf<typeof closingColumns>[] = [];

  constructor(private current: PeriodBook) {}

  get book(): PeriodBook {
    return this.current;
  }

  closedThroughAt(position: Position): ClosedThrough {
    return closedThroughAt(this.current, position);
  }

  apply(recorded: RecordedEvent): void {
    const { id, stream, type, data, metadata, position } = recorded;
    if (stream !== accountingPeriodsStream) throw new Error(`months are closed in ${accountingPeriodsStream} alone`);
    const revision = Number(recorded.revision);
    // Each closing is an event of its own, so their number is the revision that comes next.
    const next = this.current.length;
    if (revision < next) return;
    if (revision > next) throw new Error(`revision ${next} of the accounting periods is missing`);
    const { month, effectiveAt } = decodePeriodEvent({ type, version: metadata.schemaVersion, data }).data;
    this.current = [...this.current, { month, position }];
    this.#rows.push({
      month,
      closed_at: effectiveAt,
      closed_by: metadata.actor.id,
      event_id: id,
      revision,
      commit_position: position.commit,
      prepare_position: position.prepare,
    });
  }

  /** After the journal's entries: a closing also concerns those that were booked before it could be projected. */
  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows);
    for (const { month, commit_position, prepare_position } of this.#rows) {
      await transaction.query(moveLate(schema), [month, monthAfter(month), commit_position, prepare_position]);
    }
  }
}
