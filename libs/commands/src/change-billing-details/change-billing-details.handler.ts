import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BillingDetails } from '#contracts';
import type { Answer } from '#http';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { ChangeBillingDetails } from './change-billing-details.command.js';

@CommandHandler(ChangeBillingDetails)
export class ChangeBillingDetailsHandler implements ICommandHandler<ChangeBillingDetails> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ licenseId, request, origin }: ChangeBillingDetails): Promise<Answer<BillingDetails>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'ChangeBillingDetails', ...request });
    const { billingEmail, address, paymentMethodToken } = outcome.state;
    const revision = Number(outcome.revision);
    return answered({ licenseId, billingEmail, address, paymentMethodToken, revision }, outcome);
  }
}
