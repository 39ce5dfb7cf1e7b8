import { creditDetails } from '#license';
import { bulkInsert, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { creditColumns } from './credit-ledger.table.js';

const insert = bulkInsert('credit_entries', creditColumns);

/** One row per movement of a credit balance, with what it came from, sealed by its hash and the one before it. */
export class CreditLedgerProjection implements View {
  readonly #rows: RowOf<typeof creditColumns>[] = [];

  apply({ event, recorded, state, revision, creditEntry: entry }: LicenseChange): void {
    if (entry === null) return;
    const { effectiveOn, computation, grantsUsed } = creditDetails(event, state.timeZone);
    const { actor } = recorded.metadata;
    this.#rows.push({
      license_id: entry.licenseId,
      ordinal: state.creditEntries,
      entry_id: entry.entryId,
      kind: entry.kind,
      currency: entry.amount.currency,
      amount_minor: entry.amount.amount,
      balance_after_minor: entry.balanceAfter.amount,
      effective_at: entry.effectiveAt,
      effective_on: effectiveOn,
      recorded_at: entry.recordedAt,
      change_id: entry.changeId,
      invoice_number: entry.invoiceNumber,
      reason: entry.reason,
      computation: computation && JSON.stringify(computation),
      grants_used: JSON.stringify(grantsUsed),
      actor_id: actor.id,
      actor_role: actor.role,
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
