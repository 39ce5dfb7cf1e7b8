import { Controller, Get, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CommandOrigin, Describes, type Origin } from '#commands';
import { CommandApi, PathUuid, QueryApi, type Answer, type HttpRequest } from '#http';
import type { BillingRun } from '#contracts';
import { GetBillingRun, RunBilling } from './run-billing.command.js';

const example: BillingRun = {
  runId: 'f3c1a1de-5a6e-5f7d-8a0e-3d6f1a2b4c5d',
  status: 'finished',
  until: '2026-07-01T00:00:00.000Z',
  finishedAt: '2026-07-01T00:00:02.500Z',
  due: 120,
  done: 120,
  failed: 0,
  failures: [],
};

@Controller('v1/billing/runs')
export class RunBillingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @CommandApi('Billing', 'read-model-behind')
  @Describes(
    'Roll every license forward that is due',
    'Issues what is due to be invoiced, and notes what is past due or expired. The workers do this by themselves; running it twice changes nothing. A run that takes longer than ten seconds is answered while it goes on: follow it by its `runId`.',
    201,
    { ...example },
  )
  run(@CommandOrigin() origin: Origin): Promise<Answer<BillingRun>> {
    return this.commands.execute(new RunBilling(origin));
  }

  @Get(':runId')
  @QueryApi('Billing', 'event-store-unavailable')
  @Describes('How far a billing run has come', 'With the licenses that could not be rolled forward, and why.', 200, {
    ...example,
    status: 'running',
    finishedAt: null,
    done: 45,
  })
  progress(@PathUuid('runId') runId: string, @Req() { id }: HttpRequest): Promise<BillingRun> {
    return this.queries.execute(new GetBillingRun(runId, id));
  }
}
