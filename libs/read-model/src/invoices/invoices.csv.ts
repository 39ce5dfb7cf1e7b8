import type { Invoice } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

/** A row for each invoice; a sum over a column is the sum over the invoices. */
export const invoicesCsv = csvTable<Invoice>('invoices', [
  ...fields<Invoice>('invoiceNumber', 'licenseId', 'domain', 'status', 'issuedOn', 'dueOn'),
  column('cycleStartsOn', ({ cycle }) => cycle.startsOn),
  column('cycleEndsOn', ({ cycle }) => cycle.endsOn),
  column('cycleDays', ({ cycle }) => cycle.days),
  column('description', ({ lines }) => lines.map(({ description }) => description).join('; ')),
  column('currency', ({ total }) => total.currency),
  ...amounts<Invoice>('gross', ({ gross }) => gross),
  ...amounts<Invoice>('creditApplied', ({ creditApplied }) => creditApplied),
  ...amounts<Invoice>('total', ({ total }) => total),
  ...amounts<Invoice>('paid', ({ paid }) => paid),
  ...amounts<Invoice>('open', ({ open }) => open),
]);
