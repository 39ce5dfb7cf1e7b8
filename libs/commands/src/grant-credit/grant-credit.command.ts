import { Command } from '@nestjs/cqrs';
import type { ExplainedCreditEntry } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { GrantCreditRequest } from './grant-credit.request.dto.js';

export class GrantCredit extends Command<Answer<ExplainedCreditEntry>> {
  constructor(
    readonly licenseId: string,
    readonly request: GrantCreditRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
