import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#http';
import { staffAnswer, type StaffAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf } from '../license/license-outcome.js';
import { commandIdOf } from '../origin.js';
import { AddStaff } from './add-staff.command.js';

@CommandHandler(AddStaff)
export class AddStaffHandler implements ICommandHandler<AddStaff> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ licenseId, request, origin }: AddStaff): Promise<Answer<StaffAnswer>> {
    const { email, name, role, staffId = commandIdOf(`staff of ${licenseId}`, origin.idempotencyKey) } = request;
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'AddStaff', staffId, email, name, role });
    return answered(staffAnswer(outcome, eventOf(outcome, 'StaffAdded').event.data.staffId), outcome);
  }
}
