import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { CreditBalanceAging, InvoiceAging } from '#contracts';
import { QueryApi } from '#http';
import { examples } from '../examples.js';
import { AgeCreditBalances } from './age-credit-balances.js';
import { AgeInvoices } from './age-invoices.js';

@Controller('v1/reports')
@QueryApi('Reports')
export class AgingController {
  constructor(private readonly queries: QueryBus) {}

  @Get('invoice-aging')
  @Describes('Open invoices by age', 'Per currency, by the days since they were due.', 200, {
    items: [examples.invoiceAging],
  })
  invoices(@CurrentPrincipal() principal: Principal): Promise<{ items: InvoiceAging[] }> {
    return this.queries.execute(new AgeInvoices(principal));
  }

  @Get('credit-balance-aging')
  @Describes('Credit balances by the age of the grant', 'Per currency: what is left of each grant, by its days.', 200, {
    items: [examples.creditBalanceAging],
  })
  creditBalances(@CurrentPrincipal() principal: Principal): Promise<{ items: CreditBalanceAging[] }> {
    return this.queries.execute(new AgeCreditBalances(principal));
  }
}
