import type { LicenseState } from '#license';
import { bulkInsertFrom, type Queryable, type RowOf } from '#projection-engine';
import type { FoldedLicense, LicenseChange, View } from '../ledger/view.js';
import { openGrantColumns } from './open-grants.table.js';

/** A grant's entry is written in the same transaction, before it. */
const insert = bulkInsertFrom(
  'open_grants',
  openGrantColumns,
  { granted_at: 'entry.effective_at' },
  (schema) => `JOIN ${schema}.credit_entries AS entry USING (license_id, entry_id)`,
);

/** One row per grant that is not used up. */
export class OpenGrantsProjection implements View {
  readonly #moved = new Set<string>();
  readonly #states: LicenseState[] = [];

  apply({ event, state }: LicenseChange): void {
    if ('credit' in event.data && event.data.credit !== null) this.#moved.add(state.licenseId);
  }

  settle({ state }: FoldedLicense): void {
    if (this.#moved.has(state.licenseId)) this.#states.push(state);
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    if (this.#states.length === 0) return;
    const licenseIds = this.#states.map(({ licenseId }) => licenseId);
    await transaction.query(`DELETE FROM ${schema}.open_grants WHERE license_id = ANY ($1::uuid[])`, [licenseIds]);
    await insert.run(transaction, schema, this.#states.flatMap(rowsOf));
  }
}

function rowsOf({ licenseId, currency, grants }: LicenseState): RowOf<typeof openGrantColumns>[] {
  return grants
    .filter(({ remainingMinor }) => remainingMinor > 0)
    .map(({ entryNumber, remainingMinor }) => ({
      license_id: licenseId,
      entry_id: entryNumber,
      currency,
      remaining_minor: remainingMinor,
    }));
}
