import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CommandsModule } from '#commands';
import { BillingRuns } from './billing-run/billing-runs.js';
import { RunBillingController } from './billing-run/run-billing.controller.js';
import { RunBillingHandler } from './billing-run/run-billing.handler.js';
import { RollForward } from './due/roll-forward.js';
import { MoveTestClockHandler } from './test-clock/move-test-clock.handler.js';
import { TestClockController } from './test-clock/test-clock.controller.js';

/** What falls due by the passing of time. Needs DueLicenses and a ReadModelPosition beside what CommandsModule needs. */
@Module({
  imports: [CqrsModule, CommandsModule],
  controllers: [RunBillingController, TestClockController],
  providers: [RollForward, BillingRuns, RunBillingHandler, MoveTestClockHandler],
  exports: [RollForward],
})
export class JobsModule {}
