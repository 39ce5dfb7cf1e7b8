import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { List, NextInvoice, NextInvoiceSummary } from '#contracts';
import { PathUuid, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { ForecastInvoices } from './forecast-invoices.js';
import { ForecastInvoicesRequest } from './forecast-invoices.request.dto.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { nextInvoicesCsv } from './next-invoices.csv.js';
import { GetNextInvoice } from './get-next-invoice.js';
import { ListNextInvoices } from './list-next-invoices.js';
import { ListNextInvoicesRequest, SummariseNextInvoicesRequest } from './next-invoice-filters.dto.js';
import { SummariseNextInvoices } from './summarise-next-invoices.js';

@Controller('v1')
@QueryApi('Invoices and credits')
export class NextInvoicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('next-invoices')
  @DescribesList(
    'List the invoices that the next boundaries will issue',
    'In the order of their dates, or as `sort` says. Expired and cancelled licenses have none.',
    listOf(examples.nextInvoice),
    nextInvoicesCsv,
  )
  list(
    @Query() request: ListNextInvoicesRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<NextInvoice> | Answer<Readable>> {
    const invoices = (page: ListNextInvoicesRequest) => this.queries.execute(new ListNextInvoices(page, principal));
    return listAnswer(form, request, invoices, nextInvoicesCsv);
  }

  @Get('next-invoices/summary')
  @Describes('Add up the next invoices by currency and month', '', 200, { items: [examples.nextInvoiceSummary] })
  summarise(
    @Query() filters: SummariseNextInvoicesRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: NextInvoiceSummary[] }> {
    return this.queries.execute(new SummariseNextInvoices(filters, principal));
  }

  @Get('next-invoices/forecast')
  @Describes(
    'Forecast the invoices of the coming months',
    'By currency and month, if nothing else happens and what is due gets paid: planned changes of plan, cancellations and what is left of credit balances are in it.',
    200,
    { items: [examples.nextInvoiceSummary] },
  )
  forecast(
    @Query() request: ForecastInvoicesRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: NextInvoiceSummary[] }> {
    return this.queries.execute(new ForecastInvoices(request, principal));
  }

  @Get('licenses/:licenseId/next-invoice')
  @Describes(
    "A license's next invoice",
    'What the next boundary will issue if nothing else happens, by the very function that will issue it.',
    200,
    examples.nextInvoice,
  )
  get(@PathUuid('licenseId') licenseId: string, @CurrentPrincipal() principal: Principal): Promise<NextInvoice> {
    return this.queries.execute(new GetNextInvoice(licenseId, principal));
  }
}
