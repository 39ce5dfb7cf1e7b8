import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Allow } from '#auth';
import { CommandOrigin, Describes, type Origin } from '#commands';
import { CommandApi, type Answer } from '#http';
import { RunBilling, type BillingRun } from './run-billing.command.js';

const example: BillingRun = {
  runId: 'f3c1a1de-5a6e-5f7d-8a0e-3d6f1a2b4c5d',
  until: '2026-07-01T00:00:00.000Z',
  licenses: 120,
  invoices: 118,
  failed: 0,
};

@Controller('v1/billing/runs')
export class RunBillingController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allow('billing')
  @CommandApi('Billing', 'read-model-behind')
  @Describes(
    'Roll every license forward that is due',
    'Issues what is due to be invoiced, and notes what is past due or expired. The ledger does this by itself; running it twice changes nothing.',
    201,
    { ...example },
  )
  run(@CommandOrigin() origin: Origin): Promise<Answer<BillingRun>> {
    return this.commands.execute(new RunBilling(origin));
  }
}
