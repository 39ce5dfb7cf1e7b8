import { Command, Query } from '@nestjs/cqrs';
import type { Origin } from '#commands';
import type { Answer } from '#http';
import type { BillingRun } from '#contracts';

export class RunBilling extends Command<Answer<BillingRun>> {
  constructor(readonly origin: Origin) {
    super();
  }
}

export class GetBillingRun extends Query<BillingRun> {
  constructor(
    readonly runId: string,
    readonly correlationId: string,
  ) {
    super();
  }
}
