import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '#http';
import type { Principal } from '../principal.js';

const principals = new WeakMap<HttpRequest, Principal>();

export function setPrincipal(request: HttpRequest, principal: Principal): void {
  principals.set(request, principal);
}

/** Who sent the request. @throws on a route that is open to everyone and so knows nobody. */
export function principalOf(request: HttpRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined)
    throw new Error('A route that is open to everyone has no principal: name its roles or do not ask for it.');
  return principal;
}

export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context.switchToHttp().getRequest<HttpRequest>()),
);
