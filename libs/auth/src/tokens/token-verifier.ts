import { createLocalJWKSet, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { principalFrom, type Principal } from '../principal.js';
import type { IdentityProvider } from './identity-provider.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from './issue-local-token.js';
import { ProviderKeys } from './provider-keys.js';
import type { SigningKey } from './signing-key.js';
import { isTokensFault, reasonOf } from './token-faults.js';

const CACHED_MAX = 10_000;
/** So that a key that its provider has withdrawn counts for no longer than this. */
const CACHED_MAX_MS = 300_000;
/** Longer than any real one: what comes is hashed and decoded before anything is known of its sender. */
const TOKEN_LENGTH_MAX = 8_192;
/** How far the clocks of provider and ledger may be apart. */
const CLOCK_SKEW_S = 5;

/** Signatures only the owner of the private key can make; never `none`, never a shared secret. */
const PROVIDER_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256'];

interface Verified {
  readonly principal: Principal;
  readonly untilMs: number;
}

/** Why a token does not say who is calling. */
export class InvalidToken extends Error {}

/**
 * Finds the principal of a bearer token. Verified tokens are remembered by their hash, because a signature costs more to
 * check than the rest of a request. Their time is the wall clock's, whatever a test clock says.
 */
export class TokenVerifier {
  private readonly known = new LRUCache<string, Verified>({ max: CACHED_MAX });

  constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly options: JWTVerifyOptions,
  ) {}

  static forProvider({ jwksUrl, issuer, audience }: IdentityProvider): TokenVerifier {
    const keys = new ProviderKeys(jwksUrl);
    return new TokenVerifier(keys.find, { issuer, audience, algorithms: PROVIDER_ALGORITHMS });
  }

  static forLocalKey({ publicJwk }: SigningKey): TokenVerifier {
    const keys = createLocalJWKSet({ keys: [publicJwk] });
    return new TokenVerifier(keys, { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, algorithms: ['EdDSA'] });
  }

  /** @throws InvalidToken, or KeysUnavailable when the provider's keys could not be had */
  async verify(token: string): Promise<Principal> {
    if (token.length > TOKEN_LENGTH_MAX) throw new InvalidToken('it is too long');
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.known.get(hash);
    if (known !== undefined && known.untilMs > Date.now()) return known.principal;
    const verified = await this.verifySignature(token);
    this.known.set(hash, verified);
    return verified.principal;
  }

  private async verifySignature(token: string): Promise<Verified> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        ...this.options,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_SKEW_S,
      });
      const principal = principalFrom(payload);
      if (principal === undefined) {
        throw new InvalidToken('its role is unknown, or lacks a verified email or a domain');
      }
      return { principal, untilMs: Math.min((payload.exp ?? 0) * 1_000, Date.now() + CACHED_MAX_MS) };
    } catch (error) {
      throw isTokensFault(error) ? new InvalidToken(reasonOf(error), { cause: error }) : error;
    }
  }
}
