import { Command } from '@nestjs/cqrs';
import type { Propagation } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { CancelLicenseRequest } from './cancel-license.request.dto.js';

export interface CancellationAnswer {
  readonly licenseId: string;
  readonly changeId: string;
  /** The license works up to, not including, this day. */
  readonly endsOn: string;
  readonly effectiveAt: string;
  readonly propagation: Propagation;
  readonly revision: number;
}

export class CancelLicense extends Command<Answer<CancellationAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: CancelLicenseRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
