import { sql, type Kysely } from 'kysely';
import type { Moment } from '../as-of/moment.js';
import type { Tables } from '../database.js';

/** How many changes have not reached the instance: within their time, and beyond it. */
export interface Unsettled {
  readonly pending: number;
  readonly overdue: number;
}

export const noneUnsettled: Unsettled = { pending: 0, overdue: 0 };

/** By license; those without unsettled changes are absent. */
export async function countUnsettled(
  db: Kysely<Tables>,
  licenseIds: readonly string[],
): Promise<Map<string, Unsettled>> {
  if (licenseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('propagations')
    .select(['license_id', 'status', sql<number>`count(*)::int`.as('count')])
    .where('license_id', 'in', licenseIds)
    .where('status', 'in', ['pending', 'overdue'])
    .groupBy(['license_id', 'status'])
    .execute();
  const counts = new Map<string, Unsettled>();
  for (const { license_id, status, count } of rows) {
    counts.set(license_id, { ...(counts.get(license_id) ?? noneUnsettled), [status]: count });
  }
  return counts;
}

/** The same of one license as it was at a moment, at which its stream had come to `revision`. */
export async function unsettledAsOf(
  db: Kysely<Tables>,
  licenseId: string,
  revision: number,
  { asOf, knownAt }: Moment,
): Promise<Unsettled> {
  const rows = await db
    .selectFrom('propagations')
    .select([sql<boolean>`deadline <= ${asOf}`.as('is_overdue'), sql<number>`count(*)::int`.as('count')])
    .where('license_id', '=', licenseId)
    .where('revision', '<=', revision)
    .where(({ or, eb }) =>
      or([
        eb('propagated_at', 'is', null),
        eb('propagated_at', '>', asOf),
        ...(knownAt === null ? [] : [eb('propagated_recorded_at', '>', knownAt)]),
      ]),
    )
    .groupBy('is_overdue')
    .execute();
  const count = (overdue: boolean): number => rows.find((row) => row.is_overdue === overdue)?.count ?? 0;
  return { pending: count(false), overdue: count(true) };
}
