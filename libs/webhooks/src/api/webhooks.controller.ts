import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import { CommandOrigin, Describes, Takes, type Origin } from '#commands';
import type { List, WebhookEndpoint, WebhookEndpointWithSecret } from '#contracts';
import { answer, CommandApi, keysetCursor, pageOf, PathUuid, QueryApi, type Answer } from '#http';
import { EndpointRegister } from '../endpoint/endpoint-register.js';
import { Endpoints } from '../endpoint/endpoints.js';
import {
  ChangeWebhook,
  DeleteWebhook,
  EnableWebhook,
  RegisterWebhook,
  ReplayWebhook,
  RotateWebhookSecret,
} from './webhook-commands.js';
import { webhookAnswer, webhookExample } from './webhook-answer.js';
import {
  ChangeWebhookRequest,
  ListWebhooksRequest,
  RegisterWebhookRequest,
  ReplayWebhookRequest,
  RotateSecretRequest,
} from './webhook.dto.js';

const defaultOverlapHours = 24;
const byId = keysetCursor({ webhookId: 'uuid' });
const example = { ...webhookExample };
const registration = { url: webhookExample.url, types: [...webhookExample.types] };
const withSecret = { ...example, secret: 'whsec_BTgJrqG0TQn+JHp+LDQZtZ/wZ7KQYTqvhhn1sYV0mKA=' };

@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly endpoints: Endpoints,
    private readonly register: EndpointRegister,
  ) {}

  @Post()
  @CommandApi('Webhooks')
  @Takes(RegisterWebhookRequest, registration)
  @Describes(
    'Register an endpoint that events are sent to',
    'What is recorded from now on is sent, signed as Standard Webhooks say. The secret is told here and never again.',
    201,
    withSecret,
  )
  create(
    @Body() request: RegisterWebhookRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<WebhookEndpointWithSecret>> {
    return this.commands.execute(new RegisterWebhook(request, origin));
  }

  @Get()
  @QueryApi('Webhooks')
  @Describes('List your endpoints', 'An admin sees those of all.', 200, { items: [example], nextCursor: null })
  async list(
    @Query() { limit, cursor, status }: ListWebhooksRequest,
    @CurrentPrincipal() { role, subject }: Principal,
  ): Promise<List<WebhookEndpoint>> {
    const afterId = cursor === undefined ? undefined : byId.decode(cursor).webhookId;
    const owner = role === 'admin' ? undefined : subject;
    const rows = await this.register.list({ owner, status, afterId, limit: limit + 1 });
    const answers = rows.map(({ endpointId, endpoint }) => webhookAnswer(endpointId, endpoint));
    return pageOf(answers, limit, byId, ({ webhookId }) => ({ webhookId }));
  }

  @Get(':webhookId')
  @QueryApi('Webhooks')
  @Describes('Read an endpoint', '', 200, example)
  async read(
    @PathUuid('webhookId') webhookId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Answer<WebhookEndpoint>> {
    const { endpoint, revision } = await this.endpoints.visible(webhookId, principal);
    return answer(webhookAnswer(webhookId, endpoint), { revision });
  }

  @Patch(':webhookId')
  @CommandApi('Webhooks')
  @Takes(ChangeWebhookRequest, { types: [] })
  @Describes(
    'Change the address or the types',
    'What waits is sent to the new address. The place is kept.',
    200,
    example,
  )
  change(
    @PathUuid('webhookId') webhookId: string,
    @Body() request: ChangeWebhookRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<WebhookEndpoint>> {
    return this.commands.execute(new ChangeWebhook(webhookId, origin, request));
  }

  @Put(':webhookId')
  @CommandApi('Webhooks')
  @Takes(RegisterWebhookRequest, registration)
  @Describes('Set address and types', 'Types that are left out: all.', 200, example)
  replace(
    @PathUuid('webhookId') webhookId: string,
    @Body() { url, types = [] }: RegisterWebhookRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<WebhookEndpoint>> {
    return this.commands.execute(new ChangeWebhook(webhookId, origin, { url, types }));
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @CommandApi('Webhooks')
  @ApiOperation({ summary: 'Delete an endpoint', description: 'Nothing is sent to it any more.' })
  @ApiResponse({ status: 204, description: 'It is deleted' })
  remove(@PathUuid('webhookId') webhookId: string, @CommandOrigin() origin: Origin): Promise<Answer<undefined>> {
    return this.commands.execute(new DeleteWebhook(webhookId, origin));
  }

  @Post(':webhookId/rotate-secret')
  @HttpCode(200)
  @CommandApi('Webhooks')
  @Takes(RotateSecretRequest, { overlapHours: defaultOverlapHours })
  @Describes(
    'Give the endpoint a new secret',
    'For `overlapHours` (24) messages carry signatures by both, so that the receiver can change over in peace.',
    200,
    withSecret,
  )
  rotate(
    @PathUuid('webhookId') webhookId: string,
    @Body() { overlapHours = defaultOverlapHours }: RotateSecretRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<WebhookEndpointWithSecret>> {
    return this.commands.execute(new RotateWebhookSecret(webhookId, origin, overlapHours));
  }

  @Post(':webhookId/enable')
  @HttpCode(200)
  @CommandApi('Webhooks')
  @Describes(
    'Enable an endpoint that was disabled',
    'It goes on where it stopped: nothing is lost. At one that is active, what waits for another attempt is tried now.',
    200,
    example,
  )
  enable(@PathUuid('webhookId') webhookId: string, @CommandOrigin() origin: Origin): Promise<Answer<WebhookEndpoint>> {
    return this.commands.execute(new EnableWebhook(webhookId, origin));
  }

  @Post(':webhookId/replay')
  @HttpCode(200)
  @CommandApi('Webhooks')
  @Takes(ReplayWebhookRequest, { after: 'start' })
  @Describes(
    'Send again what stands behind a position',
    'Also enables the endpoint. What waited for another attempt is forgotten, for it comes again if it stands behind.',
    200,
    example,
  )
  replay(
    @PathUuid('webhookId') webhookId: string,
    @Body() { after }: ReplayWebhookRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<WebhookEndpoint>> {
    return this.commands.execute(new ReplayWebhook(webhookId, origin, after));
  }
}
