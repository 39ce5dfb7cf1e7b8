import type { Month } from '#contracts';
import type { Queryable } from '#projection-engine';
import type { Finding } from './finding.js';

interface TotalRow {
  readonly effective_on: string;
  readonly currency: string;
  readonly account: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Adds up the entries of one month anew and holds the journal's totals against it, in one statement. The entries
 * themselves are held against the events, license by license.
 */
export async function checkTotals(db: Queryable, schema: string, month: Month): Promise<Finding[]> {
  const { rows } = await db.query<TotalRow>(
    `SELECT effective_on, currency, account,
       coalesce(e.debit, 0) || ' and ' || coalesce(e.credit, 0) AS expected,
       coalesce(t.debit_minor, 0) || ' and ' || coalesce(t.credit_minor, 0) AS found
     FROM (SELECT * FROM ${schema}.journal_totals WHERE month = $1) AS t
     FULL JOIN (
       SELECT (effective_at AT TIME ZONE 'UTC')::date AS effective_on, currency, account,
         sum(greatest(moved, 0)) AS debit, sum(greatest(-moved, 0)) AS credit
       FROM ${schema}.journal_entries, LATERAL (VALUES
         ('cash', cash_minor), ('receivable', receivable_minor), ('customer-credit', customer_credit_minor),
         ('revenue', revenue_minor), ('goodwill-expense', goodwill_expense_minor)) AS lines (account, moved)
       WHERE month = $1 AND moved <> 0 GROUP BY 1, 2, 3
     ) AS e USING (effective_on, currency, account)
     WHERE coalesce(e.debit, 0) <> coalesce(t.debit_minor, 0) OR coalesce(e.credit, 0) <> coalesce(t.credit_minor, 0)
     ORDER BY 1, 2, 3`,
    [month],
  );
  return rows.map(({ effective_on, currency, account, expected, found }) => ({
    ...{ subject: 'row', license: null, event: null },
    figure: `journal_totals[${month} ${effective_on} ${currency} ${account}] debit and credit`,
    ...{ expected, found },
  }));
}

/** The months that the totals know of. */
export async function monthsOfTotals(db: Queryable, schema: string): Promise<Month[]> {
  const { rows } = await db.query<{ month: Month }>(
    `SELECT DISTINCT month FROM ${schema}.journal_totals ORDER BY month`,
  );
  return rows.map(({ month }) => month);
}

interface PolicyTotalRow {
  readonly starts_on: string;
  readonly currency: string;
  readonly expected: string;
  readonly found: string;
}

/** Adds up all cycles that were charged anew, day by day, and holds the totals of the report of policies against it. */
export async function checkPolicyTotals(db: Queryable, schema: string): Promise<Finding[]> {
  const prorated = (units: string) => `div(2::numeric * unit_price_minor * ${units} + cycle_days, 2 * cycle_days)`;
  const figures = [
    'cycles',
    ...['credited_seat_days', 'uncharged_seat_days'],
    ...['uncharged_minor', 'next_cycle_minor', 'prorated_minor', 'high_water_minor'],
  ];
  const text = (table: string) => figures.map((name) => `coalesce(${table}.${name}, 0)`).join(` || ', ' || `);
  const { rows } = await db.query<PolicyTotalRow>(
    `SELECT starts_on, currency, ${text('e')} AS expected, ${text('t')} AS found
     FROM ${schema}.policy_totals AS t
     FULL JOIN (
       SELECT starts_on, currency, count(*) AS cycles, sum(credited_seat_days) AS credited_seat_days,
         sum(uncharged_seat_days) AS uncharged_seat_days, sum(uncharged) AS uncharged_minor,
         sum(invoiced - credited) AS next_cycle_minor, sum(invoiced - credited + uncharged) AS prorated_minor,
         sum(high_water) AS high_water_minor
       FROM (
         SELECT *, ${prorated('paid_seats * billed_days')} AS invoiced, ${prorated('credited_seat_days')} AS credited,
           ${prorated('uncharged_seat_days')} AS uncharged, ${prorated('highest_seats * billed_days')} AS high_water
         FROM ${schema}.charged_cycles
       ) AS cycle
       GROUP BY 1, 2
     ) AS e USING (starts_on, currency)
     WHERE ${text('e')} <> ${text('t')}
     ORDER BY 1, 2`,
  );
  return rows.map(({ starts_on, currency, expected, found }) => ({
    ...{ subject: 'row', license: null, event: null },
    figure: `policy_totals[${starts_on} ${currency}]`,
    ...{ expected, found },
  }));
}
