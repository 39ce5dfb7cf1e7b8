import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { CreditEntryView } from '#license';
import type { Origin } from '../origin.js';
import type { GrantCreditRequest } from './grant-credit.request.dto.js';

export class GrantCredit extends Command<Answer<CreditEntryView>> {
  constructor(
    readonly licenseId: string,
    readonly request: GrantCreditRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
