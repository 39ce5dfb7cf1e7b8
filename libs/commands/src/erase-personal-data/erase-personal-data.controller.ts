import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { PersonalDataErasure } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples } from '../examples.js';
import { Describes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ErasePersonalData } from './erase-personal-data.command.js';

@Controller('v1/licenses/:licenseId/personal-data')
export class ErasePersonalDataController {
  constructor(private readonly commands: CommandBus) {}

  @Delete()
  @CommandApi('Licenses and seats', 'read-model-unavailable')
  @Describes(
    'Erase the personal data of the staff',
    'Names and e-mail addresses of everybody who was staff until now, by destroying the key that they are sealed under. ' +
      'Ids, roles, seats, credit and history stay. It can not be undone; asking again erases who was added since.',
    200,
    examples.erasure,
  )
  erase(
    @PathUuid('licenseId') licenseId: string,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<PersonalDataErasure>> {
    return this.commands.execute(new ErasePersonalData(licenseId, origin));
  }
}
