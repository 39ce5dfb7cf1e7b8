import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { LicenseAnswer } from '../answers.js';
import type { Origin } from '../origin.js';
import type { RegisterLicenseRequest } from './register-license.request.dto.js';

export class RegisterLicense extends Command<Answer<LicenseAnswer>> {
  constructor(
    readonly request: RegisterLicenseRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
