import { Command } from '@nestjs/cqrs';
import type { CreditEntry } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { GrantCreditRequest } from './grant-credit.request.dto.js';

export class GrantCredit extends Command<Answer<CreditEntry>> {
  constructor(
    readonly licenseId: string,
    readonly request: GrantCreditRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
