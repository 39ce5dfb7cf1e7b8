import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { expectedRevisionOf } from './if-match.js';
import { requestHash } from './request-hash.js';

/** Everything beside the body that a command needs of its request. */
export interface CommandRequest {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly expectedRevision: number | undefined;
}

export function commandRequestOf(request: HttpRequest): CommandRequest {
  const path = request.url.split('?', 1)[0] ?? '';
  return {
    idempotencyKey: idempotencyKeyOf(request),
    requestHash: requestHash(request.method, path, request.body),
    expectedRevision: expectedRevisionOf(request),
  };
}

export const CurrentCommand = createParamDecorator((_: unknown, context: ExecutionContext) =>
  commandRequestOf(context.switchToHttp().getRequest<HttpRequest>()),
);
