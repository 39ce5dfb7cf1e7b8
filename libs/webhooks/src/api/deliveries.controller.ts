import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CurrentPrincipal, type Principal } from '#auth';
import { CommandOrigin, commandIdOf, Describes, KeyClaims, type Origin } from '#commands';
import { CommandApi, PathUuid, QueryApi } from '#http';
import { Clock } from '#platform';
import { DeliveryStore } from '../delivery/delivery-store.js';
import { testMessage } from '../delivery/message.js';
import type { DeliveryAttempt, DeliveryList } from '#contracts';
import { Sender } from '../delivery/sender.js';
import { Endpoints } from '../endpoint/endpoints.js';
import { Deliveries } from './list-deliveries.js';
import { ListDeliveriesRequest } from './list-deliveries.request.dto.js';

const attemptExample = {
  eventId: '0b6cb0a8-6a43-5a3e-8f4e-3d1c7f5a9b20',
  eventType: 'io.seat-ledger.seats-increased.v1',
  licenseId: '1bb08531-51fc-5e14-9e9c-5f09875ca92a',
  sequence: 7,
  attempt: 2,
  startedAt: '2026-06-11T09:30:00.000Z',
  durationMs: 41,
  outcome: 'failed',
  status: 500,
  reason: 'the endpoint answered 500',
  response: 'out of memory',
};

@Controller('v1/webhooks/:webhookId')
export class DeliveriesController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly deliveries: Deliveries,
    private readonly kept: DeliveryStore,
    private readonly sender: Sender,
    private readonly claims: KeyClaims,
    private readonly clock: Clock,
  ) {}

  @Get('deliveries')
  @QueryApi('Webhooks')
  @Describes(
    'List the attempts to deliver, the newest first',
    'The last thousand of the endpoint. `waiting` are the licenses whose next event could not be delivered yet.',
    200,
    { items: [{ deliveryId: '42', ...attemptExample }], nextCursor: null, waiting: { count: 0, items: [] } },
  )
  async list(
    @PathUuid('webhookId') webhookId: string,
    @Query() request: ListDeliveriesRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DeliveryList> {
    await this.endpoints.visible(webhookId, principal);
    const waiting = await this.deliveries.waiting(webhookId);
    return { ...(await this.deliveries.list(webhookId, request)), waiting };
  }

  @Post('test')
  @HttpCode(200)
  @CommandApi('Webhooks')
  @Describes(
    'Send a test message',
    'Outside the order of events, once and at once, also to an endpoint that is disabled. Answers with the attempt.',
    200,
    { ...attemptExample, eventType: 'io.seat-ledger.webhook-test.v1', licenseId: null, sequence: null, attempt: 1 },
  )
  async test(@PathUuid('webhookId') webhookId: string, @CommandOrigin() origin: Origin): Promise<DeliveryAttempt> {
    const { endpoint } = await this.endpoints.visible(webhookId, origin.principal);
    await this.claims.claim(origin);
    const id = commandIdOf(`test of ${webhookId}`, origin.idempotencyKey);
    const { attempt } = await this.sender.send(webhookId, endpoint, testMessage(id, webhookId, this.clock.now()), 1);
    await this.kept.noteAttempt(webhookId, attempt);
    return attempt;
  }
}
