import type { AccountBalance, AccountingPeriodWithFigures, JournalEntry, JournalLine } from '#contracts';
import { amounts, column, csvTableOf, fields } from '#documents';

interface LineRow extends JournalEntry, JournalLine {}

/** A row for each line of an entry: the sum of the debits is that of the credits. */
export const journalCsv = csvTableOf<JournalEntry, LineRow>(
  'journal',
  (entry) => entry.lines.map((line) => ({ ...entry, ...line })),
  [
    ...fields<LineRow>('month', 'lateFrom', 'effectiveAt', 'recordedAt', 'licenseId', 'kind', 'document', 'account'),
    column('currency', ({ debit }) => debit.currency),
    ...amounts<LineRow>('debit', ({ debit }) => debit),
    ...amounts<LineRow>('credit', ({ credit }) => credit),
    ...fields<LineRow>('position'),
    column('eventId', ({ event }) => event.id),
    column('eventStream', ({ event }) => event.stream),
    column('eventRevision', ({ event }) => event.revision),
  ],
);

interface BalanceRow extends AccountingPeriodWithFigures, AccountBalance {}

/** A row for each account of a month, by currency. */
export const periodsCsv = csvTableOf<AccountingPeriodWithFigures, BalanceRow>(
  'accounting-periods',
  (period) => period.figures.items.map((account) => ({ ...period, ...account })),
  [
    ...fields<BalanceRow>('month', 'status', 'closedAt', 'closedBy', 'account', 'currency'),
    ...amounts<BalanceRow>('opening', ({ opening }) => opening),
    ...amounts<BalanceRow>('debit', ({ debit }) => debit),
    ...amounts<BalanceRow>('credit', ({ credit }) => credit),
    ...amounts<BalanceRow>('balance', ({ balance }) => balance),
  ],
);
