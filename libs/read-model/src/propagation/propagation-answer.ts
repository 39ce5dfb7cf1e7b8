import type { Kysely } from 'kysely';
import type { List, Propagation } from '#contracts';
import type { Tables } from '../database.js';
import type { PropagationsTable } from './propagation.table.js';

/** A page of changes as the interface shows them, with what was done to bring each to its instance. */
export async function propagationsAnswer(
  db: Kysely<Tables>,
  { items, nextCursor }: List<PropagationsTable>,
): Promise<List<Propagation>> {
  const attempts = await attemptsOf(
    db,
    items.map(({ change_id }) => change_id),
  );
  return {
    items: items.map((row) => ({
      changeId: row.change_id,
      licenseId: row.license_id,
      kind: row.kind,
      status: row.status,
      late: row.late,
      requestedAt: row.requested_at,
      deadline: row.deadline,
      propagatedAt: row.propagated_at,
      attempts: attempts.get(row.change_id)?.attempts ?? 0,
      lastError: attempts.get(row.change_id)?.last_error ?? null,
      contact: row.status === 'overdue' ? row.contact : null,
      revision: row.revision,
    })),
    nextCursor,
  };
}

async function attemptsOf(db: Kysely<Tables>, changeIds: readonly string[]) {
  if (changeIds.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('operations.push_attempts')
    .select(['change_id', 'attempts', 'last_error'])
    .where('change_id', 'in', changeIds)
    .execute();
  return new Map(rows.map((row) => [row.change_id, row]));
}
