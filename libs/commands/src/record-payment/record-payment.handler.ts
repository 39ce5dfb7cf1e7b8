import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import { notFound, type Answer } from '#http';
import { licenseIdOf, parseInvoiceNumber } from '#license';
import { InvoiceReader } from '../license/invoice-reader.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { RecordPayment } from './record-payment.command.js';

@CommandHandler(RecordPayment)
export class RecordPaymentHandler implements ICommandHandler<RecordPayment> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly invoices: InvoiceReader,
  ) {}

  async execute({ invoiceNumber, request, origin }: RecordPayment): Promise<Answer<Invoice>> {
    const parsed = parseInvoiceNumber(invoiceNumber);
    if (parsed === null) throw notFound('There is no such invoice.');
    const { method, reference, amount } = request;
    const outcome = await this.licenses.execute(licenseIdOf(parsed.domain), origin, ({ currency }) => ({
      type: 'RecordPayment',
      invoiceNumber,
      amountMinor: amount.amount,
      currency: amount.currency ?? currency,
      method,
      reference,
    }));
    return answered(await this.invoices.after(outcome, invoiceNumber), outcome);
  }
}
