import type { CreditEntry } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

export const creditsCsv = csvTable<CreditEntry>('credits', [
  ...fields<CreditEntry>('entryId', 'licenseId', 'kind'),
  column('currency', ({ amount }) => amount.currency),
  ...amounts<CreditEntry>('amount', ({ amount }) => amount),
  ...amounts<CreditEntry>('balanceAfter', ({ balanceAfter }) => balanceAfter),
  ...fields<CreditEntry>('effectiveAt', 'recordedAt', 'changeId', 'invoiceNumber', 'reason'),
  column('seats', ({ computation }) => computation?.seats ?? null),
  column('seatDaysBefore', ({ computation }) => computation?.seatDaysBefore ?? null),
  column('seatDaysAfter', ({ computation }) => computation?.seatDaysAfter ?? null),
  column('cycleDays', ({ computation }) => computation?.cycleDays ?? null),
  ...amounts<CreditEntry>('unitPrice', ({ computation }) => computation?.unitPrice ?? null),
  column('eventId', ({ event }) => event.id),
  column('eventStream', ({ event }) => event.stream),
  column('eventRevision', ({ event }) => event.revision),
  ...fields<CreditEntry>('previousHash', 'hash'),
]);
