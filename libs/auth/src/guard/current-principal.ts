import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '#http';
import type { Principal } from '../principal.js';

const principals = new WeakMap<HttpRequest, Principal>();

export function setPrincipal(request: HttpRequest, principal: Principal): void {
  principals.set(request, principal);
}

/** Who is calling. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<HttpRequest>());
  if (principal === undefined) throw new Error('A public route has no principal: remove @Public or @CurrentPrincipal.');
  return principal;
});
