import { Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccountingPeriod } from '#contracts';
import { CommandApi, type Answer } from '#http';
import { examples } from '../examples.js';
import { Describes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ClosePeriod } from './close-period.command.js';

@Controller('v1/accounting-periods/:month/closing')
export class ClosePeriodController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Accounting', 'period-not-over', 'period-closed', 'period-out-of-order')
  @Describes(
    'Close a month of the books',
    'For good, once it is over in UTC, and in the order of the months; the first closing may be any month, and closes ' +
      'those before it too. What is recorded later for a closed month is booked into the first open one, with `lateFrom`.',
    201,
    examples.accountingPeriod,
  )
  close(@Param('month') month: string, @CommandOrigin() origin: Origin): Promise<Answer<AccountingPeriod>> {
    return this.commands.execute(new ClosePeriod(month, origin));
  }
}
