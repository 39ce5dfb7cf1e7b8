import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http.js';
import { invalidValue } from '../problem/problem-exception.js';

const REVISION = /^"(\d{1,15})"$/;

/** The revision that the caller expects, or undefined when it expects none (no `If-Match`, or `*`). */
export function expectedRevisionOf({ headers }: HttpRequest): number | undefined {
  const etag = headers['if-match'];
  if (etag === undefined || etag === '*') return undefined;
  const revision = REVISION.exec(etag)?.[1];
  if (revision === undefined) throw invalidValue('If-Match', 'must be one ETag of this ledger, such as "7"');
  return Number(revision);
}

export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) =>
  expectedRevisionOf(context.switchToHttp().getRequest<HttpRequest>()),
);
