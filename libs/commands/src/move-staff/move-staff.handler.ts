import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import type { Answer } from '#http';
import { Persons } from '#personal-data';
import { staffAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { MoveStaff } from './move-staff.command.js';

@CommandHandler(MoveStaff)
export class MoveStaffHandler implements ICommandHandler<MoveStaff> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly persons: Persons,
  ) {}

  async execute({ move, licenseId, staffId, request, origin }: MoveStaff): Promise<Answer<Staff>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: move, staffId, reason: request.reason });
    return answered(await staffAnswer(outcome, staffId, this.persons), outcome);
  }
}
