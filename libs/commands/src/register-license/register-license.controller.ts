import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CommandApi, type Answer } from '#http';
import type { LicenseAnswer } from '../answers.js';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { RegisterLicense } from './register-license.command.js';
import { RegisterLicenseRequest } from './register-license.request.dto.js';

@Controller('v1/licenses')
export class RegisterLicenseController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Licenses and seats', 'license-exists')
  @Takes(RegisterLicenseRequest, requests.registerLicense)
  @Describes(
    'Register a license',
    'Issues the invoice of the first cycle; with `startedOn` in the past, those of every cycle since.',
    201,
    examples.license,
  )
  register(@Body() request: RegisterLicenseRequest, @CommandOrigin() origin: Origin): Promise<Answer<LicenseAnswer>> {
    return this.commands.execute(new RegisterLicense(request, origin));
  }
}
