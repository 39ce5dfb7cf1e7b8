import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Cancellation } from '#contracts';
import type { Answer } from '#http';
import { propagationAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf } from '../license/license-outcome.js';
import { CancelLicense } from './cancel-license.command.js';

@CommandHandler(CancelLicense)
export class CancelLicenseHandler implements ICommandHandler<CancelLicense> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ licenseId, request, origin }: CancelLicense): Promise<Answer<Cancellation>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'CancelLicense', ...request });
    const { changeId, endsOn, effectiveAt } = eventOf(outcome, 'LicenseCancelled').event.data;
    const propagation = propagationAnswer(outcome);
    const revision = Number(outcome.revision);
    return answered({ licenseId, changeId, endsOn, effectiveAt, propagation, revision }, outcome);
  }
}
