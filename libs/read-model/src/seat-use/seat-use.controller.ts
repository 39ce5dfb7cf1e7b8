import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { ChargedCycle, List, PolicySummary, UnusedSeats } from '#contracts';
import { PageQuery, PathUuid, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { ListChargedCycles } from './list-charged-cycles.js';
import { ListUnusedSeats } from './list-unused-seats.js';
import { ListUnusedSeatsRequest } from './list-unused-seats.request.dto.js';
import { chargedCyclesCsv, unusedSeatsCsv } from './seat-use.csv.js';
import { SummarisePolicies } from './summarise-policies.js';
import { SummarisePoliciesRequest } from './summarise-policies.request.dto.js';

/** What only the history of seats can tell. Nothing here is billed, and nothing is recorded. */
@Controller('v1')
@QueryApi('Reports')
export class SeatUseController {
  constructor(private readonly queries: QueryBus) {}

  @Get('reports/unused-seats')
  @DescribesList(
    'Licenses that pay for seats nobody sits on',
    'The most unused seats first, with what the smallest reduction that locks nobody out would save.',
    listOf(examples.unusedSeats),
    unusedSeatsCsv,
  )
  unused(
    @Query() request: ListUnusedSeatsRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<UnusedSeats> | Answer<Readable>> {
    const licenses = (page: ListUnusedSeatsRequest) => this.queries.execute(new ListUnusedSeats(page, principal));
    return listAnswer(form, request, licenses, unusedSeatsCsv);
  }

  @Get('reports/policies')
  @Describes(
    'What the same seats would have earned under other policies',
    'Per currency and month in which a cycle begins: as charged, with increases prorated, and by high-water mark; and what the seat-days were worth that were used and never charged.',
    200,
    { items: [examples.policySummary] },
  )
  policies(@Query() request: SummarisePoliciesRequest): Promise<{ items: PolicySummary[] }> {
    return this.queries.execute(new SummarisePolicies(request));
  }

  @Get('licenses/:licenseId/charged-cycles')
  @DescribesList(
    "What a license's seats came to in each cycle that was invoiced",
    'The running cycle counts as if no seats moved any more.',
    listOf(examples.chargedCycle),
    chargedCyclesCsv,
  )
  cycles(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<ChargedCycle> | Answer<Readable>> {
    const cycles = (page: PageQuery) => this.queries.execute(new ListChargedCycles(licenseId, page, principal));
    return listAnswer(form, request, cycles, chargedCyclesCsv);
  }
}
