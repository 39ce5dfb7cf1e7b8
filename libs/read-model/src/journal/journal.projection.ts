import { bookingOf, journalEntryOf, type Entry } from '#accounting';
import type { Account } from '#contracts';
import { bulkInsertThen, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { entryColumns } from './journal.table.js';
import type { PeriodsProjection } from './periods.projection.js';
import { addInserted } from './totals.js';

const insert = bulkInsertThen('journal_entries', entryColumns, addInserted);

/** One row per entry, in the month into which it is booked; and what the lines of each day come to. */
export class JournalProjection implements View {
  readonly #rows: RowOf<typeof entryColumns>[] = [];

  constructor(private readonly periods: PeriodsProjection) {}

  apply({ event, state, recorded, revision }: LicenseChange): void {
    const entry = journalEntryOf(event);
    if (entry === null) return;
    const { effectiveAt } = event.data;
    const { id, position, recordedAt } = recorded;
    const { month, lateFrom } = bookingOf(effectiveAt, this.periods.closedThroughAt(position));
    this.#rows.push({
      license_id: state.licenseId,
      revision,
      month,
      late_from: lateFrom,
      effective_at: effectiveAt,
      recorded_at: recordedAt.toISOString(),
      kind: entry.kind,
      document: entry.document,
      currency: entry.currency,
      cash_minor: movedMinor(entry, 'cash'),
      receivable_minor: movedMinor(entry, 'receivable'),
      customer_credit_minor: movedMinor(entry, 'customer-credit'),
      revenue_minor: movedMinor(entry, 'revenue'),
      goodwill_expense_minor: movedMinor(entry, 'goodwill-expense'),
      event_id: id,
      commit_position: position.commit,
      prepare_position: position.prepare,
    });
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows);
  }
}

/** Debit less credit. */
function movedMinor({ lines }: Entry, account: Account): number {
  const line = lines.find((each) => each.account === account);
  return line === undefined ? 0 : line.debitMinor - line.creditMinor;
}
