import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql } from 'kysely';
import type { Principal } from '#auth';
import type { NextInvoiceSummary } from '#contracts';
import { money } from '#money';
import { ReadModel } from '../read-model.js';
import { filtered, type NextInvoiceFilters } from './next-invoice-filters.dto.js';

export class SummariseNextInvoices extends Query<{ items: NextInvoiceSummary[] }> {
  constructor(
    readonly filters: NextInvoiceFilters,
    readonly principal: Principal,
  ) {
    super();
  }
}

/** Adds up by currency and month. There are as many rows as currencies and months, so they are no pages. */
@QueryHandler(SummariseNextInvoices)
export class SummariseNextInvoicesHandler implements IQueryHandler<SummariseNextInvoices> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ filters, principal }: SummariseNextInvoices): Promise<{ items: NextInvoiceSummary[] }> {
    const sum = (column: string) => sql<number>`sum(${sql.ref(column)})::bigint`;
    const visible = this.readModel.db
      .selectFrom('next_invoices')
      .select([
        'currency',
        sql<string>`to_char(issues_on, 'YYYY-MM')`.as('month'),
        sql<number>`count(*)::int`.as('invoices'),
      ])
      .select([
        sum('gross_minor').as('gross'),
        sum('credit_applied_minor').as('credit'),
        sum('total_minor').as('total'),
      ])
      .where(this.readModel.visibleTo(principal))
      .where(this.readModel.ofCustomer(filters));
    const rows = await filtered(visible, filters)
      .groupBy(['currency', 'month'])
      .orderBy('currency')
      .orderBy('month')
      .execute();
    const items = rows.map(({ currency, month, invoices, gross, credit, total }) => ({
      currency,
      month,
      invoices,
      gross: money(gross, currency),
      creditApplied: money(credit, currency),
      total: money(total, currency),
    }));
    return { items };
  }
}
