import { nextDueAt, statusOf } from '#license';
import { bulkUpsert, type Queryable, type RowOf } from '#projection-engine';
import type { FoldedLicense, View } from '../ledger/view.js';
import { licenseColumns } from './licenses.table.js';

const upsert = bulkUpsert('licenses', licenseColumns, ['license_id']);

/** One row per license: what it is found by, and the state that it is answered from. */
export class LicensesProjection implements View {
  readonly #rows: RowOf<typeof licenseColumns>[] = [];

  settle({ state, revision, creditHash }: FoldedLicense): void {
    this.#rows.push({
      license_id: state.licenseId,
      domain: state.domain,
      billing_email: state.billingEmail.toLowerCase(),
      status: statusOf(state),
      plan_id: state.planId,
      planned_plan_id: state.plannedChange?.planId ?? null,
      next_due_at: nextDueAt(state),
      revision,
      personal_data_key: state.personalDataKey,
      state: JSON.stringify(state),
      credit_hash: creditHash,
    });
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await upsert.run(transaction, schema, this.#rows);
  }
}
