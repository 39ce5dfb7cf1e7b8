import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CurrentPrincipal, type Principal } from '#auth';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { QuoteChange, type QuoteAnswer } from './quote-change.query.js';
import { QuoteChangeRequest } from './quote-change.request.dto.js';

@Controller('v1/licenses/:licenseId/quotes')
export class QuoteChangeController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(200)
  @CommandApi('Licenses and seats')
  @Takes(QuoteChangeRequest, requests.quoteChange)
  @Describes(
    'What a change would come to',
    'The decision that the change itself makes, on paper: nothing is recorded. Submit `quoteToken` with the change to make it only at these figures.',
    200,
    examples.quote,
  )
  quote(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: QuoteChangeRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Answer<QuoteAnswer>> {
    return this.queries.execute(new QuoteChange(licenseId, request, principal));
  }
}
