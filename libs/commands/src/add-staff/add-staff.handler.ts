import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import { requestHash, type Answer } from '#http';
import { Persons } from '#personal-data';
import { staffAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf } from '../license/license-outcome.js';
import { commandIdOf, type Origin } from '../origin.js';
import { keyReused } from '../problems.js';
import { AddStaff } from './add-staff.command.js';
import type { AddStaffRequest } from './add-staff.request.dto.js';

@CommandHandler(AddStaff)
export class AddStaffHandler implements ICommandHandler<AddStaff> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly persons: Persons,
  ) {}

  async execute({ licenseId, request, origin }: AddStaff): Promise<Answer<Staff>> {
    const { email, name, role, staffId = commandIdOf(`staff of ${licenseId}`, origin.idempotencyKey) } = request;
    const command = { type: 'AddStaff', staffId, person: { email, name }, role } as const;
    const outcome = await this.licenses.execute(licenseId, impersonal(origin, licenseId, request), command);
    const answer = await staffAnswer(outcome, eventOf(outcome, 'StaffAdded').event.data.staffId, this.persons);
    // Whether a repeat names the same person can't be told any more once that person was erased.
    const isAnother = answer.email !== null && (answer.email !== email || answer.name !== name);
    if (isAnother) throw keyReused();
    return answered(answer, outcome);
  }
}

/** A hash of a name in the log could be held against any name that somebody guesses: it is made of the rest alone. */
function impersonal(origin: Origin, licenseId: string, { staffId, role }: AddStaffRequest): Origin {
  return { ...origin, requestHash: requestHash('POST', `/v1/licenses/${licenseId}/staff`, { staffId, role }) };
}
