import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProblemException, type HttpRequest } from '#http';
import { Access, mayCall } from '../access/access-table.js';
import type { Principal } from '../principal.js';
import { KeysUnavailable } from '../tokens/provider-keys.js';
import { InvalidToken } from '../tokens/token-verifier.js';
import { Callers } from './callers.js';
import { setPrincipal } from './current-principal.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Lets nobody in without a token whose role the table allows on the route, except where it allows everyone. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly access: Access,
    private readonly callers: Callers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const allowed = this.access.of({ method: request.method, url: request.routeOptions.url ?? '' });
    if (allowed === 'everyone') return true;
    const principal = await this.authenticate(request.headers.authorization);
    if (!mayCall(principal.role, allowed)) {
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
      return await this.callers.principalOf(token);
    } catch (error) {
      if (error instanceof InvalidToken)
        throw unauthenticated(`The token is not valid: ${error.message}.`, 'invalid_token');
      if (error instanceof KeysUnavailable) {
        const detail = 'The keys of the identity provider can not be had. Repeat the request in a moment.';
        throw new ProblemException('identity-provider-unavailable', detail);
      }
      throw error;
    }
  }
}

/** RFC 6750: the challenge names an error only when credentials came. */
function unauthenticated(detail: string, error?: 'invalid_request' | 'invalid_token'): ProblemException {
  const challenge = `Bearer realm="seat-ledger"${error === undefined ? '' : `, error="${error}"`}`;
  return new ProblemException('unauthenticated', detail, {}, { 'www-authenticate': challenge });
}
