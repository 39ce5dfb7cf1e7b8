import type { NextInvoice } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

export const nextInvoicesCsv = csvTable<NextInvoice>('next-invoices', [
  ...fields<NextInvoice>('licenseId', 'domain', 'issuesOn'),
  column('cycleStartsOn', ({ cycle }) => cycle.startsOn),
  column('cycleEndsOn', ({ cycle }) => cycle.endsOn),
  column('cycleDays', ({ cycle }) => cycle.days),
  column('description', ({ lines }) => lines.map(({ description }) => description).join('; ')),
  column('currency', ({ total }) => total.currency),
  ...amounts<NextInvoice>('gross', ({ gross }) => gross),
  ...amounts<NextInvoice>('creditApplied', ({ creditApplied }) => creditApplied),
  ...amounts<NextInvoice>('total', ({ total }) => total),
  ...amounts<NextInvoice>('creditBalanceAfter', ({ creditBalanceAfter }) => creditBalanceAfter),
]);
