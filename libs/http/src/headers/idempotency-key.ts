import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http.js';
import { randomUUID } from 'node:crypto';
import { invalidValue } from '../problem/problem-exception.js';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The caller's key, or a fresh one when it sends none (and so never repeats itself). */
export function idempotencyKeyOf({ headers }: HttpRequest): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return randomUUID();
  if (typeof key === 'string' && PRINTABLE.test(key)) return key;
  throw invalidValue('Idempotency-Key', 'must be 1 to 255 printable ASCII characters');
}

export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) =>
  idempotencyKeyOf(context.switchToHttp().getRequest<HttpRequest>()),
);
