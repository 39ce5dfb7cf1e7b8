import { linesOf } from './journal.table.js';

/** Adds the lines of the entries in `inserted` to the totals of their days. */
export function addInserted(schema: string): string {
  return addToTotals(
    schema,
    `SELECT month, ${effectiveOn}, currency, account, debit_minor, credit_minor FROM inserted ${linesOf('inserted')}`,
  );
}

/**
 * Books what stands in a closed month ($1), though it comes after the closing in the log ($3, $4), into the month
 * after ($2). There is such an entry only when the closing was parked and is taken up later than what follows it.
 */
export function moveLate(schema: string): string {
  const lines = (month: string, sign: string) =>
    `SELECT ${month}, ${effectiveOn}, currency, account, ${sign}debit_minor, ${sign}credit_minor
     FROM late ${linesOf('late')}`;
  return `WITH late AS (
      SELECT * FROM ${schema}.journal_entries
      WHERE commit_position >= $3 AND (commit_position, prepare_position) > ($3::bigint, $4::bigint) AND month <= $1
    ), moved AS (
      UPDATE ${schema}.journal_entries AS kept
      SET month = $2, late_from = to_char(kept.effective_at AT TIME ZONE 'UTC', 'YYYY-MM')
      FROM late WHERE (kept.license_id, kept.revision) = (late.license_id, late.revision)
    )
    ${addToTotals(schema, `${lines('month', '-')} UNION ALL ${lines('$2', '')}`)}`;
}

const effectiveOn = `(effective_at AT TIME ZONE 'UTC')::date`;

/** @param lines selects month, day, currency, account, debit and credit */
function addToTotals(schema: string, lines: string): string {
  return `INSERT INTO ${schema}.journal_totals AS kept
      (month, effective_on, currency, account, debit_minor, credit_minor)
    SELECT month, effective_on, currency, account, sum(debit_minor), sum(credit_minor)
    FROM (${lines}) AS lines (month, effective_on, currency, account, debit_minor, credit_minor)
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (month, effective_on, currency, account) DO UPDATE
      SET debit_minor = kept.debit_minor + excluded.debit_minor,
        credit_minor = kept.credit_minor + excluded.credit_minor`;
}
