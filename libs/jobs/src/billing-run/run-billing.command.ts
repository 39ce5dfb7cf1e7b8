import { Command } from '@nestjs/cqrs';
import type { Origin } from '#commands';
import type { Answer } from '#http';

export interface BillingRun {
  readonly runId: string;
  /** Everything that was due at this moment. */
  readonly until: string;
  readonly licenses: number;
  readonly invoices: number;
  readonly failed: number;
}

export class RunBilling extends Command<Answer<BillingRun>> {
  constructor(readonly origin: Origin) {
    super();
  }
}
