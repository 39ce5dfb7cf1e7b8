import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { AuditEntry, List } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import type { AuditTable } from './audit.table.js';
import type { ListAuditRequest } from './list-audit.request.dto.js';

export class ListAudit extends Query<List<AuditEntry>> {
  constructor(readonly request: ListAuditRequest) {
    super();
  }
}

const byTime = keysetCursor({ recorded_at: 'instant', log_position: 'integer' });

@QueryHandler(ListAudit)
export class ListAuditHandler implements IQueryHandler<ListAudit> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request }: ListAudit): Promise<List<AuditEntry>> {
    const { limit, cursor, actor, licenseId, type, from, to } = request;
    let query = this.readModel.db
      .selectFrom('audit_entries')
      .selectAll()
      .orderBy('recorded_at', 'desc')
      .orderBy('log_position', 'desc')
      .limit(limit + 1);
    if (actor !== undefined) query = query.where('actor_id', '=', actor);
    // What time does has a role of its own, and is left out of the index of the others.
    if (actor !== undefined && actor !== 'time') query = query.where('actor_role', '<>', 'system');
    if (licenseId !== undefined) query = query.where('license_id', '=', licenseId);
    if (type !== undefined) query = query.where('type', '=', type);
    if (from !== undefined) query = query.where('recorded_at', '>=', from);
    if (to !== undefined) query = query.where('recorded_at', '<=', to);
    if (cursor !== undefined) {
      const before = byTime.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('recorded_at', 'log_position'), '<', tuple(before.recorded_at, before.log_position)),
      );
    }
    return mapPage(
      pageOf(await query.execute(), limit, byTime, (row) => row),
      auditAnswer,
    );
  }
}

function auditAnswer(row: AuditTable): AuditEntry {
  return {
    type: row.type,
    licenseId: row.license_id,
    actor: { id: row.actor_id, role: row.actor_role },
    client: row.client,
    requestId: row.request_id,
    recordedAt: row.recorded_at,
    effectiveAt: row.effective_at,
    event: { id: row.event_id, stream: row.stream, revision: row.revision },
  };
}
