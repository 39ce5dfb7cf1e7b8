import { Body, Controller, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { BillingDetails } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ChangeBillingDetails } from './change-billing-details.command.js';
import { ChangeBillingDetailsRequest } from './change-billing-details.request.dto.js';

@Controller('v1/licenses/:licenseId/billing-details')
export class ChangeBillingDetailsController {
  constructor(private readonly commands: CommandBus) {}

  @Put()
  @CommandApi('Licenses and seats')
  @Takes(ChangeBillingDetailsRequest, requests.changeBillingDetails)
  @Describes('Change who is billed and how', 'A card number is refused.', 200, examples.billingDetails)
  change(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: ChangeBillingDetailsRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<BillingDetails>> {
    return this.commands.execute(new ChangeBillingDetails(licenseId, request, origin));
  }
}
