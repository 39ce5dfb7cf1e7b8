import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { PolicySummary } from '#contracts';
import { money } from '#money';
import { ReadModel } from '../read-model.js';
import type { PolicyTotalsTable } from './seat-use.table.js';
import type { SummarisePoliciesRequest } from './summarise-policies.request.dto.js';

export class SummarisePolicies extends Query<{ items: PolicySummary[] }> {
  constructor(readonly request: SummarisePoliciesRequest) {
    super();
  }
}

const sum = (column: keyof PolicyTotalsTable) => sql<number>`sum(${sql.ref(column)})::bigint`;

/** Adds up by currency and month. There are as many rows as currencies and months, so they are no pages. */
@QueryHandler(SummarisePolicies)
export class SummarisePoliciesHandler implements IQueryHandler<SummarisePolicies> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request }: SummarisePolicies): Promise<{ items: PolicySummary[] }> {
    const { startsFrom, startsTo, currency } = request;
    let query = this.readModel.db
      .selectFrom('policy_totals')
      .select([
        'currency',
        sql<string>`to_char(starts_on, 'YYYY-MM')`.as('month'),
        sum('cycles').as('cycles'),
        sum('credited_seat_days').as('credited'),
        sum('uncharged_seat_days').as('uncharged_days'),
        sum('uncharged_minor').as('uncharged'),
        sum('next_cycle_minor').as('next_cycle'),
        sum('prorated_minor').as('prorated'),
        sum('high_water_minor').as('high_water'),
      ])
      .groupBy(['currency', 'month'])
      .orderBy('currency')
      .orderBy('month');
    if (startsFrom !== undefined) query = query.where('starts_on', '>=', startsFrom);
    if (startsTo !== undefined) query = query.where('starts_on', '<=', startsTo);
    if (currency !== undefined) query = query.where('currency', '=', currency);
    const rows = await query.execute();
    return {
      items: rows.map((row) => ({
        currency: row.currency,
        month: row.month,
        cycles: row.cycles,
        creditedSeatDays: row.credited,
        unchargedSeatDays: row.uncharged_days,
        uncharged: money(row.uncharged, row.currency),
        policies: {
          nextCycle: money(row.next_cycle, row.currency),
          proratedIncreases: money(row.prorated, row.currency),
          highWaterMark: money(row.high_water, row.currency),
        },
      })),
    };
  }
}
