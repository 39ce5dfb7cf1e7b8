import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { AccountingPeriods, JournalEntry, List, TrialBalance } from '#contracts';
import { PageQuery, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { GetTrialBalance } from './get-trial-balance.js';
import { TrialBalanceRequest } from './get-trial-balance.request.dto.js';
import { journalCsv, periodsCsv } from './journal.csv.js';
import { ListJournal } from './list-journal.js';
import { ListJournalRequest } from './list-journal.request.dto.js';
import { ListPeriods } from './list-periods.js';

@Controller('v1')
@QueryApi('Accounting')
export class JournalController {
  constructor(private readonly queries: QueryBus) {}

  @Get('journal')
  @DescribesList(
    'List the entries of the journal',
    'In the order of their effective times. Each is what one event booked; its debits are its credits.',
    listOf(examples.journalEntry),
    journalCsv,
  )
  list(
    @Query() request: ListJournalRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<JournalEntry> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListJournal(page, principal)), journalCsv);
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
  @DescribesList(
    'List the months of the books with their figures',
    'Newest first. The figures of a closed month do not change.',
    { ...listOf({ ...examples.accountingPeriod, figures: examples.accountBalances }), parkedStreams: 0 },
    periodsCsv,
  )
  periods(
    @Query() request: PageQuery,
    @AcceptedListForm() form: ListForm,
  ): Promise<AccountingPeriods | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListPeriods(page)), periodsCsv);
  }
}
