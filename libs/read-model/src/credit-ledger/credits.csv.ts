import type { ExplainedCreditEntry } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

export const creditsCsv = csvTable<ExplainedCreditEntry>('credits', [
  ...fields<ExplainedCreditEntry>('entryId', 'licenseId', 'kind'),
  column('currency', ({ amount }) => amount.currency),
  ...amounts<ExplainedCreditEntry>('amount', ({ amount }) => amount),
  ...amounts<ExplainedCreditEntry>('balanceAfter', ({ balanceAfter }) => balanceAfter),
  ...fields<ExplainedCreditEntry>('effectiveAt', 'effectiveOn', 'recordedAt', 'changeId', 'invoiceNumber', 'reason'),
  column('previousSeats', ({ computation }) => computation?.previousSeats ?? null),
  column('seats', ({ computation }) => computation?.seats ?? null),
  column('paidSeats', ({ computation }) => computation?.paidSeats ?? null),
  column('remainingDays', ({ computation }) => computation?.remainingDays ?? null),
  column('seatDaysBefore', ({ computation }) => computation?.seatDaysBefore ?? null),
  column('seatDaysAfter', ({ computation }) => computation?.seatDaysAfter ?? null),
  column('cycleDays', ({ computation }) => computation?.cycleDays ?? null),
  ...amounts<ExplainedCreditEntry>('unitPrice', ({ computation }) => computation?.unitPrice ?? null),
  column('eventId', ({ event }) => event.id),
  column('eventStream', ({ event }) => event.stream),
  column('eventRevision', ({ event }) => event.revision),
  column('actorId', ({ actor }) => actor.id),
  column('actorRole', ({ actor }) => actor.role),
  ...fields<ExplainedCreditEntry>('explanation', 'previousHash', 'hash'),
]);
