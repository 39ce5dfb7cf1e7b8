import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { ExplainedInvoice, Invoice, List } from '#contracts';
import { notFound, QueryApi } from '#http';
import { parseInvoiceNumber } from '#license';
import { examples, listOf } from '../examples.js';
import { GetInvoice } from './get-invoice.js';
import { ListInvoices, ListInvoicesRequest } from './list-invoices.js';

@Controller('v1/invoices')
@Allow('customer', 'helpdesk', 'billing', 'finance', 'support')
@QueryApi('Invoices and credits')
export class InvoicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Describes(
    'List invoices',
    'In the order of their dates. An unpaid invoice is `overdue` from the day after its `dueOn` on.',
    200,
    listOf(examples.invoice),
  )
  list(@Query() request: ListInvoicesRequest, @CurrentPrincipal() principal: Principal): Promise<List<Invoice>> {
    return this.queries.execute(new ListInvoices(request, principal));
  }

  @Get(':invoiceNumber')
  @Describes(
    'An invoice and why it is what it is',
    'Each line and each credit with its figures and the event that it comes from.',
    200,
    examples.explainedInvoice,
  )
  get(
    @Param('invoiceNumber') invoiceNumber: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ExplainedInvoice> {
    const number = invoiceNumber.toUpperCase();
    if (parseInvoiceNumber(number) === null)
      throw notFound('That is no invoice number; they look like ACME.EXAMPLE-0001.');
    return this.queries.execute(new GetInvoice(number, principal));
  }
}
