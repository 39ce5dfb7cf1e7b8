import type { CreditEntry, ExplainedCreditComputation } from '#contracts';
import type { LicenseEvent } from '#license';
import { bulkInsert, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { creditColumns } from './credit-ledger.table.js';

const insert = bulkInsert('credit_entries', creditColumns);

/** One row per movement of a credit balance, with what it came from, sealed by its hash and the one before it. */
export class CreditLedgerProjection implements View {
  readonly #rows: RowOf<typeof creditColumns>[] = [];

  apply({ event, state, revision, creditEntry: entry }: LicenseChange): void {
    if (entry === null) return;
    const figures = figuresOf(entry, event);
    const grantsUsed = 'grantsUsed' in event.data ? event.data.grantsUsed : null;
    this.#rows.push({
      license_id: entry.licenseId,
      ordinal: state.creditEntries,
      entry_id: entry.entryId,
      kind: entry.kind,
      currency: entry.amount.currency,
      amount_minor: entry.amount.amount,
      balance_after_minor: entry.balanceAfter.amount,
      effective_at: entry.effectiveAt,
      recorded_at: entry.recordedAt,
      change_id: entry.changeId,
      invoice_number: entry.invoiceNumber,
      reason: entry.reason,
      computation: figures && JSON.stringify(figures),
      grants_used: grantsUsed && JSON.stringify(grantsUsed),
      event_id: entry.event.id,
      revision,
      previous_hash: entry.previousHash,
      hash: entry.hash,
    });
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows);
  }
}

function figuresOf({ computation }: CreditEntry, event: LicenseEvent): ExplainedCreditComputation | null {
  if (computation === null || !('computation' in event.data)) return null;
  const { paidSeats, remainingDays, creditedSeatsBefore, creditedSeatsAfter } = event.data.computation;
  return { ...computation, paidSeats, remainingDays, creditedSeatsBefore, creditedSeatsAfter };
}
