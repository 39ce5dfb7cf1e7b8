import { Command } from '@nestjs/cqrs';
import type { Origin } from '#commands';
import type { Answer } from '#http';
import type { WebhookEndpoint, WebhookEndpointWithSecret } from '#contracts';
import type { ChangeWebhookRequest, RegisterWebhookRequest } from './webhook.dto.js';

export class RegisterWebhook extends Command<Answer<WebhookEndpointWithSecret>> {
  constructor(
    readonly request: RegisterWebhookRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}

abstract class OfWebhook<Result> extends Command<Answer<Result>> {
  constructor(
    readonly webhookId: string,
    readonly origin: Origin,
  ) {
    super();
  }
}

export class ChangeWebhook extends OfWebhook<WebhookEndpoint> {
  constructor(
    webhookId: string,
    origin: Origin,
    readonly request: ChangeWebhookRequest,
  ) {
    super(webhookId, origin);
  }
}

export class RotateWebhookSecret extends OfWebhook<WebhookEndpointWithSecret> {
  constructor(
    webhookId: string,
    origin: Origin,
    readonly overlapHours: number,
  ) {
    super(webhookId, origin);
  }
}

export class EnableWebhook extends OfWebhook<WebhookEndpoint> {}

export class ReplayWebhook extends OfWebhook<WebhookEndpoint> {
  constructor(
    webhookId: string,
    origin: Origin,
    /** As the caller wrote it. */
    readonly after: string,
  ) {
    super(webhookId, origin);
  }
}

export class DeleteWebhook extends OfWebhook<undefined> {}
