import type { LicenseState } from '#license';
import type { Queryable } from '#projection-engine';
import type { FoldedLicense } from '../ledger/view.js';

interface FoldedRow {
  readonly license_id: string;
  readonly revision: string | number;
  readonly state: LicenseState;
  readonly credit_hash: string | null;
}

/** Licenses as they were projected, by their ids; those that are new are absent. */
export async function loadFolded(
  db: Queryable,
  schema: string,
  licenseIds: readonly string[],
): Promise<Map<string, FoldedLicense>> {
  if (licenseIds.length === 0) return new Map();
  const { rows } = await db.query<FoldedRow>(
    `SELECT license_id, revision, state, credit_hash FROM ${schema}.licenses WHERE license_id = ANY ($1::uuid[])`,
    [licenseIds],
  );
  return new Map(
    rows.map(({ license_id, state, revision, credit_hash }) => [
      license_id,
      { state, revision: Number(revision), creditHash: credit_hash },
    ]),
  );
}

/** The states of the licenses that are on a plan or will be, in chunks: there may be more than fit into memory. */
export async function* statesOnPlan(
  db: Queryable,
  schema: string,
  planId: string,
  chunk: number,
): AsyncGenerator<readonly LicenseState[], void, undefined> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await db.query<Pick<FoldedRow, 'license_id' | 'state'>>(
      `SELECT license_id, state FROM (
         (SELECT license_id, state FROM ${schema}.licenses
          WHERE plan_id = $1 AND license_id > $2 ORDER BY license_id LIMIT $3)
         UNION ALL
         (SELECT license_id, state FROM ${schema}.licenses
          WHERE planned_plan_id = $1 AND plan_id <> $1 AND license_id > $2 ORDER BY license_id LIMIT $3)
       ) AS on_plan ORDER BY license_id LIMIT $3`,
      [planId, after, chunk],
    );
    if (rows.length > 0) yield rows.map(({ state }) => state);
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return;
    after = last.license_id;
  }
}
