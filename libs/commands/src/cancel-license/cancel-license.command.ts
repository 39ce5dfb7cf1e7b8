import { Command } from '@nestjs/cqrs';
import type { Cancellation } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { CancelLicenseRequest } from './cancel-license.request.dto.js';

export class CancelLicense extends Command<Answer<Cancellation>> {
  constructor(
    readonly licenseId: string,
    readonly request: CancelLicenseRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
