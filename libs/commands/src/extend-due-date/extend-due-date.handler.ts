import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import type { Answer } from '#http';

import { InvoiceReader } from '../license/invoice-reader.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf } from '../license/license-outcome.js';
import { ExtendDueDate } from './extend-due-date.command.js';

@CommandHandler(ExtendDueDate)
export class ExtendDueDateHandler implements ICommandHandler<ExtendDueDate> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly invoices: InvoiceReader,
  ) {}

  async execute({ licenseId, request, origin }: ExtendDueDate): Promise<Answer<Invoice>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'ExtendDueDate', ...request });
    const { invoiceNumber } = eventOf(outcome, 'LicenseExtended').event.data;
    return answered(await this.invoices.after(outcome, invoiceNumber), outcome);
  }
}
