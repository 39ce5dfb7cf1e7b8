import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Principal } from '#auth';
import type { InvoiceAging } from '#contracts';
import { money } from '#money';
import { Clock } from '#platform';
import { ReadModel } from '../read-model.js';
import { agedBuckets, bucketOf, byCurrency } from './age-buckets.js';

export class AgeInvoices extends Query<{ items: InvoiceAging[] }> {
  constructor(readonly principal: Principal) {
    super();
  }
}

/** Open invoices by how many days they are past due; the day after the due date is day 1. */
@QueryHandler(AgeInvoices)
export class AgeInvoicesHandler implements IQueryHandler<AgeInvoices> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ principal }: AgeInvoices): Promise<{ items: InvoiceAging[] }> {
    const now = this.clock.now();
    const age = sql`floor(extract(epoch FROM ${now}::timestamptz - past_due_at) / 86400) + 1`;
    const rows = await this.readModel.db
      .selectFrom('invoices')
      .select(['currency', bucketOf(age).as('bucket')])
      .select([sql<number>`count(*)`.as('count'), sql<number>`sum(open_minor)::bigint`.as('amount')])
      .where(this.readModel.visibleTo(principal))
      .where('open_minor', '>', 0)
      .groupBy(['currency', 'bucket'])
      .execute();
    return {
      items: byCurrency(rows).map(([currency, own]) => ({
        currency,
        invoices: own.reduce((sum, { count }) => sum + count, 0),
        open: money(
          own.reduce((sum, { amount }) => sum + amount, 0),
          currency,
        ),
        buckets: agedBuckets(own, currency, 'not-due'),
      })),
    };
  }
}
