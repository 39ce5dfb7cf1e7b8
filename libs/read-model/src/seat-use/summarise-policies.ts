import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import { sql } from 'kysely';
import type { LocalDate } from '#calendar';
import type { PolicySummary } from '#contracts';
import { IsCurrencyCode } from '#http';
import { money } from '#money';
import { DateFilter } from '../filters.js';
import { ReadModel } from '../read-model.js';
import { policySums } from './policy-sums.js';

export class SummarisePoliciesRequest {
  /** Cycles that begin on this date or later. */
  @DateFilter()
  startsFrom?: LocalDate;

  /** Cycles that begin on this date or earlier. */
  @DateFilter()
  startsTo?: LocalDate;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}

export class SummarisePolicies extends Query<{ items: PolicySummary[] }> {
  constructor(readonly request: SummarisePoliciesRequest) {
    super();
  }
}

/** Adds up by currency and month. There are as many rows as currencies and months, so they are no pages. */
@QueryHandler(SummarisePolicies)
export class SummarisePoliciesHandler implements IQueryHandler<SummarisePolicies> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request }: SummarisePolicies): Promise<{ items: PolicySummary[] }> {
    const { startsFrom, startsTo, currency } = request;
    let query = this.readModel.db
      .selectFrom('charged_cycles')
      .select([
        'currency',
        sql<string>`to_char(starts_on, 'YYYY-MM')`.as('month'),
        sql<number>`count(*)`.as('cycles'),
        sql<number>`sum(credited_seat_days)::bigint`.as('credited'),
        sql<number>`sum(uncharged_seat_days)::bigint`.as('uncharged_days'),
        policySums.uncharged.as('uncharged'),
        policySums.nextCycle.as('next_cycle'),
        policySums.prorated.as('prorated'),
        policySums.highWater.as('high_water'),
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
