import type { RecordedEvent } from '#event-store';
import { licenseStreamPrefix } from '#license';
import { bulkInsert, type Queryable, type RowOf } from '#projection-engine';
import { isUuid, toInstant } from '#http';
import { auditColumns } from './audit.table.js';

const insert = bulkInsert('audit_entries', auditColumns);

/** One row per event, of whatever stream: who brought it about, through which program, by which request. */
export class AuditProjection {
  readonly #rows: RowOf<typeof auditColumns>[] = [];

  apply(recorded: RecordedEvent): void {
    const { id, stream, revision, position, type, metadata, recordedAt } = recorded;
    const { actor, client = null, correlationId } = metadata;
    const { licenseId, effectiveAt } = fieldsOf(recorded.data);
    this.#rows.push({
      event_id: id,
      stream,
      revision,
      log_position: position.prepare,
      type,
      license_id: stream.startsWith(licenseStreamPrefix) ? stream.slice(licenseStreamPrefix.length) : licenseId,
      actor_id: actor.id,
      actor_role: actor.role,
      client,
      request_id: correlationId === '' ? null : correlationId,
      recorded_at: recordedAt.toISOString(),
      effective_at: effectiveAt,
    });
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await insert.run(transaction, schema, this.#rows);
  }
}

/** What an event says of itself, whatever its type. */
function fieldsOf(data: unknown): { licenseId: string | null; effectiveAt: string | null } {
  const { licenseId, effectiveAt } = (data ?? {}) as Readonly<Record<string, unknown>>;
  return { licenseId: isUuid(licenseId) ? licenseId : null, effectiveAt: toInstant(effectiveAt) ?? null };
}
