import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, NextInvoice } from '#contracts';
import { invalidValue } from '#http';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { nextInvoiceAnswer } from './next-invoice-answer.js';
import { filtered, nextInvoiceOrders, type ListNextInvoicesRequest } from './next-invoice-filters.dto.js';

export class ListNextInvoices extends Query<List<NextInvoice>> {
  constructor(
    readonly request: ListNextInvoicesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ListNextInvoices)
export class ListNextInvoicesHandler implements IQueryHandler<ListNextInvoices> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ListNextInvoices): Promise<List<NextInvoice>> {
    const { sort = 'issuesOn', currency } = request;
    if (sort.endsWith('total') && currency === undefined) {
      throw invalidValue('sort', 'by total takes a currency: amounts of several are not compared');
    }
    const visible = this.readModel.db
      .selectFrom('next_invoices')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .where(this.readModel.ofCustomer(request));
    return mapPage(await nextInvoiceOrders.by(sort).page(filtered(visible, request), request), nextInvoiceAnswer);
  }
}
