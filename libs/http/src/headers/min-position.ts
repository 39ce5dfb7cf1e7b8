import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http.js';
import { decodePosition } from '../position/position.js';

/** The position of `Ledger-Min-Position`, or undefined. Queries under `@QueryApi` have waited for it already. */
export const MinPosition = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const text = context.switchToHttp().getRequest<HttpRequest>().headers['ledger-min-position'];
  return typeof text === 'string' ? decodePosition(text, 'Ledger-Min-Position') : undefined;
});
