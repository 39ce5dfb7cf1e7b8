import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Cancellation } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { CancelLicense } from './cancel-license.command.js';
import { CancelLicenseRequest } from './cancel-license.request.dto.js';

@Controller('v1/licenses/:licenseId/cancellation')
export class CancelLicenseController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Licenses and seats', 'license-cancelled')
  @Takes(CancelLicenseRequest, requests.cancelLicense)
  @Describes(
    'Cancel the license',
    'It works to the end of the cycle that was invoiced; nothing is invoiced after, nothing is refunded.',
    201,
    examples.cancellation,
  )
  cancel(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: CancelLicenseRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Cancellation>> {
    return this.commands.execute(new CancelLicense(licenseId, request, origin));
  }
}
