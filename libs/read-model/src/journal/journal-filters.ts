import type { SelectQueryBuilder } from 'kysely';
import type { PageQuery } from '#http';
import type { Tables } from '../database.js';
import { accountColumns } from './journal.table.js';
import type { ListJournalRequest } from './list-journal.request.dto.js';

type JournalQuery<O> = SelectQueryBuilder<Tables, 'journal_entries', O>;

export function filtered<O>(
  query: JournalQuery<O>,
  filters: Omit<ListJournalRequest, keyof PageQuery>,
): JournalQuery<O> {
  const { licenseId, account, month, lateFrom, from, to } = filters;
  let found = query;
  if (licenseId !== undefined) found = found.where('license_id', '=', licenseId);
  if (account !== undefined) found = found.where(accountColumns[account], '<>', 0);
  if (month !== undefined) found = found.where('month', '=', month);
  if (lateFrom !== undefined) found = found.where('late_from', '=', lateFrom);
  if (from !== undefined) found = found.where('effective_at', '>=', from);
  if (to !== undefined) found = found.where('effective_at', '<=', to);
  return found;
}
