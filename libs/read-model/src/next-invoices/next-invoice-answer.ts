import type { NextInvoice } from '#contracts';
import { money } from '#money';
import type { NextInvoicesTable } from './next-invoices.table.js';

export function nextInvoiceAnswer(row: NextInvoicesTable): NextInvoice {
  const { currency } = row;
  return {
    licenseId: row.license_id,
    domain: row.domain,
    issuesOn: row.issues_on,
    cycle: { startsOn: row.starts_on, endsOn: row.ends_on, days: row.cycle_days },
    lines: row.lines,
    gross: money(row.gross_minor, currency),
    creditApplied: money(row.credit_applied_minor, currency),
    total: money(row.total_minor, currency),
    creditBalanceAfter: money(row.credit_balance_after_minor, currency),
  };
}
