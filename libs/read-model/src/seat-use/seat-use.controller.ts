import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { ChargedCycle, List, PolicySummary, UnusedSeats } from '#contracts';
import { PageQuery, PathUuid, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { ListChargedCycles } from './list-charged-cycles.js';
import { ListUnusedSeats, ListUnusedSeatsRequest } from './list-unused-seats.js';
import { SummarisePolicies, SummarisePoliciesRequest } from './summarise-policies.js';

/** What only the history of seats can tell. Nothing here is billed, and nothing is recorded. */
@Controller('v1')
@QueryApi('Reports')
export class SeatUseController {
  constructor(private readonly queries: QueryBus) {}

  @Get('reports/unused-seats')
  @Allow('customer', 'billing', 'finance', 'support')
  @Describes(
    'Licenses that pay for seats nobody sits on',
    'The most unused seats first, with what the smallest reduction that locks nobody out would save.',
    200,
    listOf(examples.unusedSeats),
  )
  unused(
    @Query() request: ListUnusedSeatsRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<List<UnusedSeats>> {
    return this.queries.execute(new ListUnusedSeats(request, principal));
  }

  @Get('reports/policies')
  @Allow('billing', 'finance')
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
  @Allow('billing', 'finance')
  @Describes(
    "What a license's seats came to in each cycle that was invoiced",
    'The running cycle counts as if no seats moved any more.',
    200,
    listOf(examples.chargedCycle),
  )
  cycles(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<List<ChargedCycle>> {
    return this.queries.execute(new ListChargedCycles(licenseId, request, principal));
  }
}
