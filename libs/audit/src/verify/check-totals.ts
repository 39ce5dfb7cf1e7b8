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
