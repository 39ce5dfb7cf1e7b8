import { Query } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { Problem } from '#contracts';
import type { Answer } from '#http';
import type { QuoteFigures } from '#license';
import type { QuoteChangeRequest } from './quote-change.request.dto.js';

/** What a customer sees before submitting. */
export interface QuoteAnswer extends QuoteFigures {
  readonly allowed: boolean;
  readonly problem: Problem | null;
}

export class QuoteChange extends Query<Answer<QuoteAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: QuoteChangeRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}
