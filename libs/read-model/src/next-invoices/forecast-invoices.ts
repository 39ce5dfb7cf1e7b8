import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sql, type RawBuilder } from 'kysely';
import type { Principal } from '#auth';
import type { NextInvoiceSummary } from '#contracts';
import { money } from '#money';
import { ReadModel } from '../read-model.js';
import type { ForecastInvoicesRequest } from './forecast-invoices.request.dto.js';

export class ForecastInvoices extends Query<{ items: NextInvoiceSummary[] }> {
  constructor(
    readonly request: ForecastInvoicesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

interface ForecastRow {
  readonly currency: string;
  readonly month: string;
  readonly invoices: number;
  readonly gross: number;
  readonly credit: number;
}

/**
 * The invoices of the coming months if nothing else happens and what is due gets paid. The first of each license is its
 * next invoice, planned change of plan included; those after it charge the same, less what is left of its credit.
 *
 * Licenses that have no credit left after their next invoice, nearly all, are added up before they are spread over
 * the months; so it costs one pass over the next invoices, however many months are asked for.
 */
@QueryHandler(ForecastInvoices)
export class ForecastInvoicesHandler implements IQueryHandler<ForecastInvoices> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ForecastInvoices): Promise<{ items: NextInvoiceSummary[] }> {
    const { rows } = await this.#forecast(request, principal).execute(this.readModel.db);
    return {
      items: rows.map(({ currency, month, invoices, gross, credit }) => ({
        currency,
        month,
        invoices,
        gross: money(gross, currency),
        creditApplied: money(credit, currency),
        total: money(gross - credit, currency),
      })),
    };
  }

  #forecast({ months, currency }: ForecastInvoicesRequest, principal: Principal): RawBuilder<ForecastRow> {
    const visible = this.readModel.visibleTo(principal);
    const ofCurrency = currency === undefined ? sql`true` : sql`currency = ${currency}`;
    return sql<ForecastRow>`
      WITH next AS MATERIALIZED (
        SELECT currency, date_trunc('month', issues_on)::date AS first_month,
          -- A cycle of more than 31 days is a year.
          CASE WHEN cycle_days > 31 THEN 12 ELSE 1 END AS every,
          CASE WHEN credit_balance_after_minor > 0 THEN license_id END AS with_credit,
          count(*) AS invoices, sum(gross_minor) AS gross, sum(credit_applied_minor) AS credit,
          sum(credit_balance_after_minor) AS credit_left
        FROM ${this.readModel.table('next_invoices')}
        WHERE ${visible} AND ${ofCurrency}
        GROUP BY 1, 2, 3, 4
      ), horizon AS (
        SELECT min(first_month) AS first_month FROM next
      ), coming AS (
        SELECT currency, (next.first_month + n * every * interval '1 month')::date AS month, invoices, gross,
          CASE WHEN n = 0 THEN credit ELSE greatest(0, least(gross, credit_left - (n - 1) * gross)) END AS credit
        FROM next CROSS JOIN generate_series(0, ${months}::int - 1) AS n
      )
      SELECT currency, to_char(month, 'YYYY-MM') AS month, sum(invoices)::bigint AS invoices,
        sum(gross)::bigint AS gross, sum(credit)::bigint AS credit
      FROM coming, horizon
      WHERE month < horizon.first_month + ${months}::int * interval '1 month'
      GROUP BY currency, month ORDER BY currency, month`;
  }
}
