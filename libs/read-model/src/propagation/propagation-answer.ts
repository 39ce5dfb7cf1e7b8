import type { Propagation } from '#contracts';
import type { PropagationsTable } from './propagation.table.js';

export function propagationAnswer(row: PropagationsTable): Propagation {
  return {
    changeId: row.change_id,
    licenseId: row.license_id,
    kind: row.kind,
    status: row.status,
    late: row.late,
    requestedAt: row.requested_at,
    deadline: row.deadline,
    propagatedAt: row.propagated_at,
    attempts: row.attempts,
    lastError: row.last_error,
    revision: row.revision,
  };
}
