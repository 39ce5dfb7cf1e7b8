import { Command } from '@nestjs/cqrs';
import type { AccountingPeriod } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';

export class ClosePeriod extends Command<Answer<AccountingPeriod>> {
  constructor(
    readonly month: string,
    readonly origin: Origin,
  ) {
    super();
  }
}
