import { localDateAt, type Instant } from '#calendar';
import type { Invoice } from '#contracts';
import { describeInvoice } from '#license';
import type { InvoicesTable } from './invoices.table.js';

/** @param now the moment by which it is told whether an open invoice is overdue */
export function invoiceAnswer(row: InvoicesTable, now: Instant): Invoice {
  const history = { issued: row.issued, dueOn: row.due_on, openMinor: row.open_minor };
  const owner = { licenseId: row.license_id, domain: row.domain };
  return describeInvoice(history, owner, localDateAt(now, row.time_zone));
}
