import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { SelectQueryBuilder } from 'kysely';
import type { Principal } from '#auth';
import { addHours, type Instant, type LocalDate } from '#calendar';
import type { Invoice, List } from '#contracts';
import { Clock } from '#platform';
import type { Moment } from '../as-of/moment.js';
import { Moments } from '../as-of/moments.js';
import type { Tables } from '../database.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { invoiceAnswer } from './invoice-answer.js';
import type { ListInvoicesRequest } from './invoice-filters.dto.js';
import { invoicesAsOf, type DueDates } from './invoices-as-of.js';
import { orderOf } from './invoice-order.js';

export class ListInvoices extends Query<List<Invoice>> {
  constructor(
    readonly request: ListInvoicesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

type InvoiceQuery<O> = SelectQueryBuilder<Tables, 'invoices', O>;

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
    private readonly moments: Moments,
  ) {}

  async execute({ request, principal }: ListInvoices): Promise<List<Invoice>> {
    const order = orderOf(request);
    const moment = this.moments.of(request);
    const now = moment?.asOf ?? this.clock.now();
    const due = dueDates(request, now);
    const visible = this.#invoices(moment, due)
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .where(this.readModel.ofCustomer(request));
    const found = ofAge(ofStatus(filtered(visible, request, due), request, now), request, now);
    return mapPage(await order.page(found, request), (row) => invoiceAnswer(row, now));
  }

  #invoices(moment: Moment | undefined, due: DueDates) {
    const { db } = this.readModel;
    if (moment === undefined) return db.selectFrom('invoices');
    // No date of issue begins more than 14 hours before it does in UTC: where to begin in its index.
    const issuedTo = utcDate(addHours(moment.asOf, 14));
    return db.selectFrom(invoicesAsOf(this.readModel, moment, due).as('invoices')).where('issued_on', '<=', issuedTo);
  }
}

function filtered<O>(query: InvoiceQuery<O>, filters: ListInvoicesRequest, due: DueDates): InvoiceQuery<O> {
  const { currency, issuedFrom, issuedTo } = filters;
  let found = query;
  if (currency !== undefined) found = found.where('currency', '=', currency);
  if (issuedFrom !== undefined) found = found.where('issued_on', '>=', issuedFrom);
  if (issuedTo !== undefined) found = found.where('issued_on', '<=', issuedTo);
  if (due.from !== undefined) found = found.where('due_on', '>=', due.from);
  if (due.to !== undefined) found = found.where('due_on', '<=', due.to);
  return found;
}

function ofStatus<O>(query: InvoiceQuery<O>, { status }: ListInvoicesRequest, now: Instant): InvoiceQuery<O> {
  if (status === undefined) return query;
  if (status === 'paid') return query.where('open_minor', '=', 0);
  return query.where('open_minor', '>', 0).where('past_due_at', status === 'open' ? '>' : '<=', now);
}

/** Days of 24 hours since it was past due, begun ones counted: those of the report of what is open by its age. */
function ofAge<O>(query: InvoiceQuery<O>, filters: ListInvoicesRequest, now: Instant): InvoiceQuery<O> {
  const { daysOverdueFrom, daysOverdueTo } = filters;
  if (daysOverdueFrom === undefined && daysOverdueTo === undefined) return query;
  const found = query
    .where('open_minor', '>', 0)
    .where('past_due_at', '<=', daysBefore(now, (daysOverdueFrom ?? 1) - 1));
  return daysOverdueTo === undefined ? found : found.where('past_due_at', '>', daysBefore(now, daysOverdueTo));
}

/** The due dates that are asked for, both included: where to begin and to end in their index. */
function dueDates(filters: ListInvoicesRequest, now: Instant): DueDates {
  const { dueFrom, dueTo, daysOverdueFrom, daysOverdueTo } = filters;
  const from = [dueFrom];
  const to = [dueTo];
  if ((daysOverdueFrom ?? daysOverdueTo) !== undefined) to.push(utcDate(daysBefore(now, (daysOverdueFrom ?? 1) - 1)));
  // A due date ends in its own time zone, at most half a day after it does in UTC.
  if (daysOverdueTo !== undefined) from.push(utcDate(daysBefore(now, daysOverdueTo + 2)));
  return { from: given(from).toSorted().at(-1), to: given(to).toSorted()[0] };
}

const given = (dates: readonly (LocalDate | undefined)[]): LocalDate[] => dates.filter((date) => date !== undefined);

const daysBefore = (instant: Instant, days: number): Instant => addHours(instant, -24 * days);

const utcDate = (instant: Instant): LocalDate => instant.slice(0, 10);
