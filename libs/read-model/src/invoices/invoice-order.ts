import type { InputError } from '#contracts';
import { invalidInput } from '#http';
import type { ListOrder } from '../orders.js';
import { invoiceOrders, type ListInvoicesRequest } from './invoice-filters.dto.js';

const byIssue = ['issuedFrom', 'issuedTo'] as const;
const byDue = ['dueFrom', 'dueTo', 'daysOverdueFrom', 'daysOverdueTo'] as const;

/**
 * The order of the dates that are asked by, so that whatever is asked is one stretch of an index.
 *
 * @throws ProblemException `validation-failed` for dates of both kinds, an order by the other kind, and an age of what
 *   has none
 */
export function orderOf(request: ListInvoicesRequest): ListOrder {
  const { sort, status, daysOverdueFrom, daysOverdueTo } = request;
  const given = (names: readonly (keyof ListInvoicesRequest)[]) => names.filter((name) => request[name] !== undefined);
  const [issue, due] = [given(byIssue), given(byDue)];
  const errors: InputError[] = [];
  if (issue.length > 0) {
    errors.push(...due.map((path) => ({ path, message: `goes without ${issue.join(' and ')}: ask by one date` })));
  }
  if (sort?.endsWith('issuedOn') === true && due.length > 0) {
    errors.push({ path: 'sort', message: `must be dueOn or -dueOn with ${due.join(' and ')}` });
  }
  if (sort?.endsWith('dueOn') === true && issue.length > 0) {
    errors.push({ path: 'sort', message: `must be issuedOn or -issuedOn with ${issue.join(' and ')}` });
  }
  if ((daysOverdueFrom ?? daysOverdueTo) !== undefined && status !== undefined && status !== 'overdue') {
    errors.push({ path: 'status', message: 'must be overdue, or left out, with daysOverdueFrom or daysOverdueTo' });
  }
  if (errors.length > 0) throw invalidInput(errors);
  return invoiceOrders.by(sort ?? (due.length > 0 ? 'dueOn' : 'issuedOn'));
}
