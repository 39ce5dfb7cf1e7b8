import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';
import type { ChangeBillingDetailsRequest } from './change-billing-details.request.dto.js';

export interface BillingDetailsAnswer {
  readonly licenseId: string;
  readonly billingEmail: string;
  readonly address: string | null;
  readonly paymentMethodToken: string | null;
  readonly revision: number;
}

export class ChangeBillingDetails extends Command<Answer<BillingDetailsAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: ChangeBillingDetailsRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
