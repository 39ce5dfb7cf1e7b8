import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { commandIdOf, withStoreProblems } from '#commands';
import { EventStore, formatPosition } from '#event-store';
import { answer, decodePosition, type Answer } from '#http';
import { Clock } from '#platform';
import type { Endpoint, WebhookEvent } from '../endpoint/endpoint.js';
import { Endpoints, noEndpoint, type EndpointOutcome } from '../endpoint/endpoints.js';
import { EndpointSecrets } from '../endpoint/secrets.js';
import {
  ChangeWebhook,
  DeleteWebhook,
  EnableWebhook,
  RegisterWebhook,
  ReplayWebhook,
  RotateWebhookSecret,
} from './webhook-commands.js';
import type { WebhookEndpoint, WebhookEndpointWithSecret } from '#contracts';
import { webhookAnswer } from './webhook-answer.js';

const hourMs = 3_600_000;

@CommandHandler(RegisterWebhook)
export class RegisterWebhookHandler implements ICommandHandler<RegisterWebhook> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly secrets: EndpointSecrets,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** What is recorded from now on is sent. */
  async execute({ request, origin }: RegisterWebhook): Promise<Answer<WebhookEndpointWithSecret>> {
    const { url, types = [] } = request;
    const owner = origin.principal.subject;
    // The id comes of the key, so that a repeat finds what it made the first time.
    const webhookId = commandIdOf(`webhook of ${owner}`, origin.idempotencyKey);
    const after = formatPosition(await withStoreProblems(this.store.lastPosition()));
    const data = { owner, url, types: [...new Set(types)], after, at: this.clock.now() };
    const outcome = await this.endpoints.execute(webhookId, origin, () => [{ type: 'WebhookRegistered', data }]);
    return answered(withSecret(webhookId, outcome.state, this.secrets), outcome);
  }
}

@CommandHandler(ChangeWebhook)
export class ChangeWebhookHandler implements ICommandHandler<ChangeWebhook> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly clock: Clock,
  ) {}

  async execute({ webhookId, origin, request }: ChangeWebhook): Promise<Answer<WebhookEndpoint>> {
    const outcome = await this.endpoints.execute(webhookId, origin, (endpoint) => {
      if (endpoint === null) return noEndpoint;
      const types = request.types === undefined ? [...endpoint.types] : [...new Set(request.types)];
      const next = { url: request.url ?? endpoint.url, types };
      const isSame = next.url === endpoint.url && next.types.join() === endpoint.types.join();
      return isSame ? [] : [{ type: 'WebhookChanged', data: { ...next, at: this.clock.now() } }];
    });
    return answered(webhookAnswer(webhookId, outcome.state), outcome);
  }
}

@CommandHandler(RotateWebhookSecret)
export class RotateWebhookSecretHandler implements ICommandHandler<RotateWebhookSecret> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly secrets: EndpointSecrets,
    private readonly clock: Clock,
  ) {}

  /** By the system's time, as signatures are: it is about how long a receiver has to take the new secret. */
  async execute({ webhookId, origin, overlapHours }: RotateWebhookSecret): Promise<Answer<WebhookEndpointWithSecret>> {
    const oldUntil = new Date(Date.now() + overlapHours * hourMs).toISOString();
    const outcome = await this.endpoints.execute(webhookId, origin, (endpoint) => {
      if (endpoint === null) return noEndpoint;
      const data = { version: endpoint.secretVersion + 1, oldUntil, at: this.clock.now() };
      return [{ type: 'WebhookSecretRotated', data }];
    });
    return answered(withSecret(webhookId, outcome.state, this.secrets), outcome);
  }
}

@CommandHandler(EnableWebhook)
export class EnableWebhookHandler implements ICommandHandler<EnableWebhook> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly clock: Clock,
  ) {}

  /** Of one that is active already: what waits is tried at once. */
  async execute({ webhookId, origin }: EnableWebhook): Promise<Answer<WebhookEndpoint>> {
    const outcome = await this.endpoints.execute(webhookId, origin, (endpoint) =>
      endpoint === null ? noEndpoint : [{ type: 'WebhookEnabled', data: { at: this.clock.now() } }],
    );
    return answered(webhookAnswer(webhookId, outcome.state), outcome);
  }
}

@CommandHandler(ReplayWebhook)
export class ReplayWebhookHandler implements ICommandHandler<ReplayWebhook> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly clock: Clock,
  ) {}

  async execute({ webhookId, origin, after }: ReplayWebhook): Promise<Answer<WebhookEndpoint>> {
    const place = after === 'start' ? after : formatPosition(decodePosition(after, 'after'));
    const outcome = await this.endpoints.execute(webhookId, origin, (endpoint): WebhookEvent[] | typeof noEndpoint =>
      endpoint === null ? noEndpoint : [{ type: 'WebhookReplayed', data: { after: place, at: this.clock.now() } }],
    );
    return answered(webhookAnswer(webhookId, outcome.state), outcome);
  }
}

@CommandHandler(DeleteWebhook)
export class DeleteWebhookHandler implements ICommandHandler<DeleteWebhook> {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly clock: Clock,
  ) {}

  async execute({ webhookId, origin }: DeleteWebhook): Promise<Answer<undefined>> {
    const outcome = await this.endpoints.execute(webhookId, origin, (endpoint) =>
      endpoint === null ? noEndpoint : [{ type: 'WebhookDeleted', data: { at: this.clock.now() } }],
    );
    return answered(undefined, outcome);
  }
}

function withSecret(webhookId: string, endpoint: Endpoint, secrets: EndpointSecrets): WebhookEndpointWithSecret {
  return { ...webhookAnswer(webhookId, endpoint), secret: secrets.of(webhookId, endpoint.secretVersion) };
}

function answered<T>(body: T, { revision, position }: EndpointOutcome): Answer<T> {
  return answer(body, { revision, ...(position !== null && { position }) });
}

export const webhookHandlers = [
  RegisterWebhookHandler,
  ChangeWebhookHandler,
  RotateWebhookSecretHandler,
  EnableWebhookHandler,
  ReplayWebhookHandler,
  DeleteWebhookHandler,
];
