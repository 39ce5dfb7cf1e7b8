import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PlanChange } from '#contracts';
import type { Answer } from '#http';
import { nextInvoice } from '#license';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf } from '../license/license-outcome.js';
import { ChangePlan } from './change-plan.command.js';

@CommandHandler(ChangePlan)
export class ChangePlanHandler implements ICommandHandler<ChangePlan> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ licenseId, request, origin }: ChangePlan): Promise<Answer<PlanChange>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'ChangePlan', ...request });
    const { state, revision } = outcome;
    const next = nextInvoice(state, await this.licenses.pricesAsOf(outcome));
    const scheduled = eventOf(outcome, 'PlanChangeScheduled').event.data;
    return answered({ licenseId, ...scheduled, nextInvoice: next, revision: Number(revision) }, outcome);
  }
}
