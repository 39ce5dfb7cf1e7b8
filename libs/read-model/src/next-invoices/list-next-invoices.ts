import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, NextInvoice } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { nextInvoiceAnswer } from './next-invoice-answer.js';
import { filtered, type ListNextInvoicesRequest } from './next-invoice-filters.js';

export class ListNextInvoices extends Query<List<NextInvoice>> {
  constructor(
    readonly request: ListNextInvoicesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byDate = keysetCursor({ issues_on: 'date', license_id: 'uuid' });

@QueryHandler(ListNextInvoices)
export class ListNextInvoicesHandler implements IQueryHandler<ListNextInvoices> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ListNextInvoices): Promise<List<NextInvoice>> {
    const { limit, cursor } = request;
    const visible = this.readModel.db
      .selectFrom('next_invoices')
      .selectAll()
      .where(this.readModel.visibleTo(principal));
    let query = filtered(visible, request)
      .orderBy('issues_on')
      .orderBy('license_id')
      .limit(limit + 1);
    if (cursor !== undefined) {
      const after = byDate.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('issues_on', 'license_id'), '>', tuple(after.issues_on, after.license_id)),
      );
    }
    return mapPage(
      pageOf(await query.execute(), limit, byDate, (row) => row),
      nextInvoiceAnswer,
    );
  }
}
