import type { RecordedEvent } from '#event-store';
import { changesEntitlement, decodePropagationEvent, openedPropagation, propagationStreamPrefix } from '#license';
import { bulkInsert, bulkPatch, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { outcomeColumns, requestedColumns } from './propagation.table.js';

const insert = bulkInsert('propagations', requestedColumns);
const patch = bulkPatch('propagations', outcomeColumns, ['change_id']);

const noOutcome = { late: null, propagated_at: null, propagated_recorded_at: null, contact: null };

/** One row per change of an entitlement, pending until the instance has acknowledged it or its deadline has passed. */
export class PropagationProjection implements View {
  readonly #rows = new Map<string, RowOf<typeof requestedColumns>>();
  readonly #outcomes = new Map<string, RowOf<typeof outcomeColumns>>();

  /** @param known the changes of earlier batches among those that this one tells the outcome of */
  constructor(private readonly known: ReadonlySet<string>) {}

  /** Whether this batch holds the change itself. */
  opens(changeId: string): boolean {
    return this.#rows.has(changeId);
  }

  apply({ event, state, revision }: LicenseChange): void {
    if (!changesEntitlement(event)) return;
    const opened = openedPropagation(state.licenseId, event, revision);
    this.#rows.set(opened.changeId, {
      change_id: opened.changeId,
      license_id: opened.licenseId,
      revision: opened.revision,
      kind: opened.kind,
      requested_at: opened.requestedAt,
      deadline: opened.deadline,
    });
  }

  /** @throws Error when the change itself has not been projected: its license is parked, and the outcome waits with it */
  applyOutcome({ stream, type, data, metadata, recordedAt }: RecordedEvent): void {
    const event = decodePropagationEvent({ type, version: metadata.schemaVersion, data });
    const { changeId, effectiveAt } = event.data;
    if (stream !== propagationStreamPrefix + changeId) throw new Error(`the event is about the change ${changeId}`);
    if (!this.opens(changeId) && !this.known.has(changeId)) throw new Error('its change has not been projected');
    // A change that was overdue keeps whom to turn to, also when it arrives within the same batch.
    const known = this.#outcomes.get(changeId) ?? noOutcome;
    this.#outcomes.set(
      changeId,
      event.type === 'ChangePropagated'
        ? {
            ...{ change_id: changeId, status: 'propagated', late: event.data.late, contact: known.contact },
            ...{ propagated_at: effectiveAt, propagated_recorded_at: recordedAt.toISOString() },
          }
        : { ...known, change_id: changeId, status: 'overdue', contact: event.data.contact },
    );
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows.values());
    await patch.run(transaction, schema, this.#outcomes.values());
  }
}

/** Those of the changes that have a row. */
export async function knownChanges(
  db: Queryable,
  schema: string,
  changeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (changeIds.length === 0) return new Set();
  const { rows } = await db.query<{ change_id: string }>(
    `SELECT change_id FROM ${schema}.propagations WHERE change_id = ANY ($1::uuid[])`,
    [changeIds],
  );
  return new Set(rows.map(({ change_id }) => change_id));
}
