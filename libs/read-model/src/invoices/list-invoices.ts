import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { Principal } from '#auth';
import type { LocalDate } from '#calendar';
import type { Invoice, InvoiceStatus, List } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { Clock } from '#platform';
import { AsOfPage } from '../as-of/as-of.request.dto.js';
import type { Moment } from '../as-of/moment.js';
import { Moments } from '../as-of/moments.js';
import { DateFilter, UuidFilter } from '../filters.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { invoiceAnswer } from './invoice-answer.js';
import { invoicesAsOf } from './invoices-as-of.js';

export class ListInvoicesRequest extends AsOfPage {
  @UuidFilter()
  licenseId?: string;

  @IsOptional()
  @IsIn(['open', 'paid', 'overdue'])
  status?: InvoiceStatus;

  /** The first date of issue. */
  @DateFilter()
  issuedFrom?: LocalDate;

  /** The last date of issue. */
  @DateFilter()
  issuedTo?: LocalDate;
}

export class ListInvoices extends Query<List<Invoice>> {
  constructor(
    readonly request: ListInvoicesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byDate = keysetCursor({ issued_on: 'date', invoice_number: 'string' });

@QueryHandler(ListInvoices)
export class ListInvoicesHandler implements IQueryHandler<ListInvoices> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
    private readonly moments: Moments,
  ) {}

  async execute({ request, principal }: ListInvoices): Promise<List<Invoice>> {
    const { limit, cursor, licenseId, status, issuedFrom, issuedTo } = request;
    const moment = this.moments.of(request);
    const now = moment?.asOf ?? this.clock.now();
    let query = this.#invoices(moment)
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .orderBy('issued_on')
      .orderBy('invoice_number')
      .limit(limit + 1);
    if (licenseId !== undefined) query = query.where('license_id', '=', licenseId);
    if (issuedFrom !== undefined) query = query.where('issued_on', '>=', issuedFrom);
    if (issuedTo !== undefined) query = query.where('issued_on', '<=', issuedTo);
    if (status === 'paid') query = query.where('open_minor', '=', 0);
    if (status === 'open') query = query.where('open_minor', '>', 0).where('past_due_at', '>', now);
    if (status === 'overdue') query = query.where('open_minor', '>', 0).where('past_due_at', '<=', now);
    if (cursor !== undefined) {
      const after = byDate.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('issued_on', 'invoice_number'), '>', tuple(after.issued_on, after.invoice_number)),
      );
    }
    const page = pageOf(await query.execute(), limit, byDate, (row) => row);
    return mapPage(page, (row) => invoiceAnswer(row, now));
  }

  #invoices(moment: Moment | undefined) {
    const { db } = this.readModel;
    if (moment === undefined) return db.selectFrom('invoices');
    return db.selectFrom(invoicesAsOf(this.readModel, moment).as('invoices'));
  }
}
