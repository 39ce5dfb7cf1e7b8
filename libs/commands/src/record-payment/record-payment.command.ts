import { Command } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { RecordPaymentRequest } from './record-payment.request.dto.js';

export class RecordPayment extends Command<Answer<Invoice>> {
  constructor(
    readonly invoiceNumber: string,
    readonly request: RecordPaymentRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
