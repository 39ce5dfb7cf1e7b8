import { sql, type AliasedExpression, type Kysely } from 'kysely';
import { accountingPeriodsStream, type Movement } from '#accounting';
import type { Instant } from '#calendar';
import type { Account, Month } from '#contracts';
import type { Position } from '#http';
import { licenseStreamPrefix } from '#license';
import type { Tables } from '../database.js';

/** What an account moved by in the books of one month. */
export interface MonthlyMovement extends Movement {
  readonly month: Month;
}

type Db = Kysely<Tables>;

interface Moved {
  readonly currency: string;
  readonly account: Account;
  readonly debit_minor: number;
  readonly credit_minor: number;
}

const sum = (column: string) => sql<number>`sum(${sql.ref(column)})::bigint`;
const negative = (column: string) => sql<number>`-${sql.ref(column)}`;

/** The movements of each month up to `through`, and of all months without it. */
export function monthlyMovements(db: Db, through?: Month): Promise<MonthlyMovement[]> {
  let query = db
    .selectFrom('journal_totals')
    .select(['month', 'currency', 'account'])
    .select([sum('debit_minor').as('debitMinor'), sum('credit_minor').as('creditMinor')])
    .groupBy(['month', 'currency', 'account']);
  if (through !== undefined) query = query.where('month', '<=', through);
  return query.execute();
}

/** Everything that is effective at `asOf`: whole days from the totals, and the lines of the day that had begun. */
export function movementsAsOf(db: Db, asOf: Instant): Promise<Movement[]> {
  const day = asOf.slice(0, 10);
  const days = db
    .selectFrom('journal_totals')
    .select(['currency', 'account', 'debit_minor', 'credit_minor'])
    .where('effective_on', '<', day);
  const lines = db
    .selectFrom('journal_lines')
    .select(['currency', 'account', 'debit_minor', 'credit_minor'])
    .where('effective_at', '>=', `${day}T00:00:00.000Z`)
    .where('effective_at', '<=', asOf);
  return addedUp(db, days.unionAll(lines).as('moved'));
}

/** Everything that stands in the log up to `position`: what there is, less the lines that came after. */
export function movementsUpTo(db: Db, { commit, prepare }: Position): Promise<Movement[]> {
  const all = db.selectFrom('journal_totals').select(['currency', 'account', 'debit_minor', 'credit_minor']);
  const later = db
    .selectFrom('journal_lines')
    .select(['currency', 'account'])
    .select([negative('debit_minor').as('debit_minor'), negative('credit_minor').as('credit_minor')])
    .where('commit_position', '>=', Number(commit))
    .where(sql<boolean>`(commit_position, prepare_position) > (${commit}::bigint, ${prepare}::bigint)`);
  return addedUp(db, all.unionAll(later).as('moved'));
}

/** Streams whose events wait, of those that the books are made of. Their licenses' figures are incomplete meanwhile. */
export async function parkedStreams(db: Db): Promise<number> {
  const { parked } = await db
    .selectFrom('parked_streams')
    .select(sql<number>`count(*)::int`.as('parked'))
    .where(({ eb, or }) =>
      or([eb('stream', 'like', `${licenseStreamPrefix}%`), eb('stream', 'like', `${accountingPeriodsStream}%`)]),
    )
    .executeTakeFirstOrThrow();
  return parked;
}

function addedUp(db: Db, moved: AliasedExpression<Moved, 'moved'>): Promise<Movement[]> {
  return db
    .selectFrom(moved)
    .select(['currency', 'account'])
    .select([sum('debit_minor').as('debitMinor'), sum('credit_minor').as('creditMinor')])
    .groupBy(['currency', 'account'])
    .execute();
}
