import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonalDataErasure } from '#contracts';
import type { Answer } from '#http';
import { Persons } from '#personal-data';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { withKeyProblems } from '../store-problems.js';
import { ErasePersonalData } from './erase-personal-data.command.js';

@CommandHandler(ErasePersonalData)
export class ErasePersonalDataHandler implements ICommandHandler<ErasePersonalData> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly persons: Persons,
  ) {}

  /** First the event, so that whoever is added from now on is sealed under the next key; then the key, which is the erasure. */
  async execute({ licenseId, origin }: ErasePersonalData): Promise<Answer<PersonalDataErasure>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'ErasePersonalData' });
    const { personalDataKey, personalDataErasedAt } = outcome.state;
    // Also where nothing was to be erased: an earlier request may have been cut off between the two.
    if (personalDataKey > 1) await withKeyProblems(this.persons.erase({ licenseId, key: personalDataKey - 1 }));
    const erasedStaff = outcome.events.reduce(
      (count, { event }) => count + (event.type === 'PersonalDataErased' ? event.data.staff : 0),
      0,
    );
    return answered({ licenseId, erasedStaff, personalDataErasedAt, revision: Number(outcome.revision) }, outcome);
  }
}
