import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Principal } from '#auth';
import type { CreditBalanceAging } from '#contracts';
import { money } from '#money';
import { Clock } from '#platform';
import { ReadModel } from '../read-model.js';
import { agedBuckets, bucketOf, byCurrency } from './age-buckets.js';

export class AgeCreditBalances extends Query<{ items: CreditBalanceAging[] }> {
  constructor(readonly principal: Principal) {
    super();
  }
}

/** What is left of each grant of credit, by how many days ago it was granted. */
@QueryHandler(AgeCreditBalances)
export class AgeCreditBalancesHandler implements IQueryHandler<AgeCreditBalances> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ principal }: AgeCreditBalances): Promise<{ items: CreditBalanceAging[] }> {
    const now = this.clock.now();
    const { db } = this.readModel;
    const visible = this.readModel.visibleTo(principal);
    const age = sql`floor(extract(epoch FROM ${now}::timestamptz - granted_at) / 86400)`;
    const [rows, licenses] = await Promise.all([
      db
        .selectFrom('open_grants')
        .select(['currency', bucketOf(age).as('bucket')])
        .select([sql<number>`count(*)`.as('count'), sql<number>`sum(remaining_minor)::bigint`.as('amount')])
        .where(visible)
        .groupBy(['currency', 'bucket'])
        .execute(),
      db
        .selectFrom('open_grants')
        .select(['currency', sql<number>`count(DISTINCT license_id)`.as('licenses')])
        .where(visible)
        .groupBy('currency')
        .execute(),
    ]);
    const licensesOf = new Map(licenses.map((row) => [row.currency, row.licenses]));
    return {
      items: byCurrency(rows).map(([currency, own]) => ({
        currency,
        licenses: licensesOf.get(currency) ?? 0,
        balance: money(
          own.reduce((sum, { amount }) => sum + amount, 0),
          currency,
        ),
        buckets: agedBuckets(own, currency, 'today'),
      })),
    };
  }
}
