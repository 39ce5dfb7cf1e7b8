import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ProblemException, PUBLIC_ROUTE, type HttpRequest } from '#http';
import type { Principal, Role } from '../principal.js';
import { InvalidToken, TokenVerifier } from '../tokens/token-verifier.js';
import { ALLOWED_ROLES } from './allow.js';
import { setPrincipal } from './current-principal.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Lets nobody in without a token whose role the route allows, except on public routes. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets) === true) return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const principal = await this.authenticate(request.headers.authorization);
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ALLOWED_ROLES, targets) ?? [];
    if (principal.role !== 'admin' && !allowed.includes(principal.role)) {
      throw new ProblemException('forbidden', `The role '${principal.role}' may not do this.`);
    }
    setPrincipal(request, principal);
    return true;
  }

  private async authenticate(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined)
      throw unauthenticated('The Authorization header must read: Bearer <token>.', 'invalid_request');
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      if (error instanceof InvalidToken)
        throw unauthenticated(`The token is not valid: ${error.message}.`, 'invalid_token');
      throw error;
    }
  }
}

/** RFC 6750: the challenge names an error only when credentials came. */
function unauthenticated(detail: string, error?: 'invalid_request' | 'invalid_token'): ProblemException {
  const challenge = `Bearer realm="seat-ledger"${error === undefined ? '' : `, error="${error}"`}`;
  return new ProblemException('unauthenticated', detail, {}, { 'www-authenticate': challenge });
}
