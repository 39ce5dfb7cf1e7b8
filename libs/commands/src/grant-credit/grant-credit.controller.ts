import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ExplainedCreditEntry } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';

import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { GrantCredit } from './grant-credit.command.js';
import { GrantCreditRequest } from './grant-credit.request.dto.js';

@Controller('v1/licenses/:licenseId/credits')
export class GrantCreditController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Invoices and credits')
  @Takes(GrantCreditRequest, requests.grantCredit)
  @Describes('Grant a goodwill credit', 'The next invoices use it; it is never paid out.', 201, examples.creditEntry)
  grant(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: GrantCreditRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<ExplainedCreditEntry>> {
    return this.commands.execute(new GrantCredit(licenseId, request, origin));
  }
}
