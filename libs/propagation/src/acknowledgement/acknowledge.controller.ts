import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CommandOrigin, Describes, Takes, type Origin } from '#commands';
import { CommandApi, type Answer } from '#http';
import type { Acknowledgement } from '#contracts';
import { Acknowledge } from './acknowledge.command.js';
import { AcknowledgementRequest } from './acknowledgement.request.dto.js';

@Controller('v1/helpdesks/:domain/acknowledgements')
export class AcknowledgeController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @CommandApi('Helpdesk instances', 'entitlement-mismatch')
  @Takes(AcknowledgementRequest, { revision: 7, seats: 48 })
  @Describes(
    'Acknowledge that the instance has an entitlement',
    'Settles every change up to the revision. A seat count that is not that of the revision is refused and noted.',
    200,
    { domain: 'acme.example', revision: 7, seats: 48 },
  )
  acknowledge(
    @Param('domain') domain: string,
    @Body() request: AcknowledgementRequest,
    @CommandOrigin() origin: Origin,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<Answer<Acknowledgement>> {
    return this.commands.execute(new Acknowledge(domain, request, origin, key !== undefined));
  }
}
