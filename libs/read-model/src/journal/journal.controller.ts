import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { AccountingPeriods, JournalEntry, List, TrialBalance } from '#contracts';
import { PageQuery, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { GetTrialBalance } from './get-trial-balance.js';
import { TrialBalanceRequest } from './get-trial-balance.request.dto.js';
import { ListJournal } from './list-journal.js';
import { ListJournalRequest } from './list-journal.request.dto.js';
import { ListPeriods } from './list-periods.js';

@Controller('v1')
@Allow('billing', 'finance')
@QueryApi('Accounting')
export class JournalController {
  constructor(private readonly queries: QueryBus) {}

  @Get('journal')
  @Describes(
    'List the entries of the journal',
    'In the order of their effective times. Each is what one event booked; its debits are its credits.',
    200,
    listOf(examples.journalEntry),
  )
  list(@Query() request: ListJournalRequest, @CurrentPrincipal() principal: Principal): Promise<List<JournalEntry>> {
    return this.queries.execute(new ListJournal(request, principal));
  }

  @Get('journal/trial-balance')
  @Describes(
    'The balance of each account, by currency',
    'Now, of a month, as of a moment, or up to a place in the log. Balances are debits less credits; each total is zero.',
    200,
    { ...examples.accountBalances, parkedStreams: 0 },
  )
  balance(@Query() request: TrialBalanceRequest): Promise<TrialBalance> {
    return this.queries.execute(new GetTrialBalance(request));
  }

  @Get('accounting-periods')
  @Describes(
    'List the months of the books with their figures',
    'Newest first. The figures of a closed month do not change.',
    200,
    { ...listOf({ ...examples.accountingPeriod, figures: examples.accountBalances }), parkedStreams: 0 },
  )
  periods(@Query() request: PageQuery): Promise<AccountingPeriods> {
    return this.queries.execute(new ListPeriods(request));
  }
}
