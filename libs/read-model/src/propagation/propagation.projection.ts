import { changesEntitlement, openedPropagation } from '#license';
import { bulkInsert, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { requestedColumns } from './propagation.table.js';

const insert = bulkInsert('propagations', requestedColumns);

/** One row per change of an entitlement, pending until the instance has acknowledged it. */
export class PropagationProjection implements View {
  readonly #rows: RowOf<typeof requestedColumns>[] = [];

  apply({ event, state, revision }: LicenseChange): void {
    if (!changesEntitlement(event)) return;
    const opened = openedPropagation(state.licenseId, event, revision);
    this.#rows.push({
      change_id: opened.changeId,
      license_id: opened.licenseId,
      revision: opened.revision,
      kind: opened.kind,
      requested_at: opened.requestedAt,
      deadline: opened.deadline,
    });
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows);
  }
}
