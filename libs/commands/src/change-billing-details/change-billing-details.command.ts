import { Command } from '@nestjs/cqrs';
import type { BillingDetails } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';
import type { ChangeBillingDetailsRequest } from './change-billing-details.request.dto.js';

export class ChangeBillingDetails extends Command<Answer<BillingDetails>> {
  constructor(
    readonly licenseId: string,
    readonly request: ChangeBillingDetailsRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
