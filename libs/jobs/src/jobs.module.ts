import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { BillingRuns } from './billing-run/billing-runs.js';
import { RunBillingController } from './billing-run/run-billing.controller.js';
import { RunBillingHandler } from './billing-run/run-billing.handler.js';
import { RollForwardModule } from './due/roll-forward.module.js';
import { MoveTestClockHandler } from './test-clock/move-test-clock.handler.js';
import { TestClockController } from './test-clock/test-clock.controller.js';

/** Billing runs and the test clock. */
@Module({
  imports: [CqrsModule, RollForwardModule],
  controllers: [RunBillingController, TestClockController],
  providers: [BillingRuns, RunBillingHandler, MoveTestClockHandler],
})
export class JobsModule {}
