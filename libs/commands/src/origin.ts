import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { principalOf, type Principal } from '#auth';
import { nameBasedUuid, type EventMetadata } from '#event-store';
import { commandRequestOf, type CommandRequest, type HttpRequest } from '#http';
import { randomUUID } from 'node:crypto';

/** Where a command comes from: who asks, under which request, and how the same request is recognised again. */
export interface Origin extends CommandRequest {
  readonly principal: Principal;
  /** The request's id; everything that it sets in motion carries it. */
  readonly correlationId: string;
}

/** The origin of the command that the request carries. */
export const CommandOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  return { ...commandRequestOf(request), principal: principalOf(request), correlationId: request.id };
});

const commandNamespace = 'd4b1c9b0-6c2f-5b0e-9c1a-5a1b8f0e7c43';

/** The command that an idempotency key names within `scope`, such as a license's stream. */
export function commandIdOf(scope: string, idempotencyKey: string): string {
  return nameBasedUuid(`${scope}\n${idempotencyKey}`, commandNamespace);
}

/** On whose behalf something is recorded, and which request set it in motion. */
export type Cause = Pick<EventMetadata, 'actor' | 'client' | 'correlationId'>;

export function causeOf({ subject, role, client }: Principal, correlationId: string): Cause {
  return { actor: { id: subject, role }, ...(client !== undefined && { client }), correlationId };
}

/** An origin as the repository wants it. */
export function requestOf(scope: string, { principal, idempotencyKey, requestHash, correlationId }: Origin) {
  return {
    commandId: commandIdOf(scope, idempotencyKey),
    requestHash,
    metadata: causeOf(principal, correlationId),
  };
}

/** The origin of what the ledger does of its own accord. Each is a command of its own: time never repeats itself. */
export function systemOrigin(correlationId: string): Origin {
  const principal: Principal = { subject: 'time', role: 'admin' };
  return { principal, correlationId, idempotencyKey: randomUUID(), requestHash: '', expectedRevision: undefined };
}
