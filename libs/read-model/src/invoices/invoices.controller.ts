import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { ExplainedInvoice, Invoice, List } from '#contracts';
import { QueryApi, type Answer } from '#http';
import { AsOfRequest } from '../as-of/as-of.request.dto.js';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { AcceptedInvoiceForm, InvoiceForms, type InvoiceForm } from './invoice-forms.js';
import { invoicesCsv } from './invoices.csv.js';
import { GetInvoice } from './get-invoice.js';
import { ListInvoicesRequest } from './invoice-filters.dto.js';
import { ListInvoices } from './list-invoices.js';

@Controller('v1/invoices')
@QueryApi('Invoices and credits')
export class InvoicesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly forms: InvoiceForms,
  ) {}

  @Get()
  @DescribesList(
    'List invoices',
    'In the order of their dates: of issue, or of being due when asked by that. An unpaid invoice is `overdue` from the day after its `dueOn` on; `daysOverdueFrom` and `daysOverdueTo` find what the report of open invoices by age adds up.',
    listOf(examples.invoice),
    invoicesCsv,
  )
  list(
    @Query() request: ListInvoicesRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<Invoice> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListInvoices(page, principal)), invoicesCsv);
  }

  @Get(':invoiceNumber')
  @Describes(
    'An invoice and why it is what it is',
    'Each line, credit and payment with its figures, in words, and with the event that it comes from: who asked for it, and when. As HTML a page to print, as PDF a file.',
    200,
    examples.explainedInvoice,
    { 'text/html': '<!doctype html>…', 'application/pdf': '%PDF-1.7…' },
  )
  async get(
    @Param('invoiceNumber') invoiceNumber: string,
    @Query() request: AsOfRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedInvoiceForm() form: InvoiceForm,
  ): Promise<ExplainedInvoice | Answer<string | Buffer>> {
    const invoice = await this.queries.execute(new GetInvoice(invoiceNumber.toUpperCase(), request, principal));
    return this.forms.of(invoice, form, principal);
  }
}
