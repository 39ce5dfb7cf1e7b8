import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { principalFrom, type Principal } from '../principal.js';
import type { IdentityProvider } from './identity-provider.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from './issue-local-token.js';
import type { SigningKey } from './signing-key.js';

const CACHED_MAX = 10_000;
/** So that a key that its provider has withdrawn counts for no longer than this. */
const CACHED_MAX_MS = 300_000;
const KEY_SET_TIMEOUT_MS = 5_000;
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
    const keys = createRemoteJWKSet(jwksUrl, { timeoutDuration: KEY_SET_TIMEOUT_MS });
    return new TokenVerifier(keys, { issuer, audience, algorithms: PROVIDER_ALGORITHMS });
  }

  static forLocalKey({ publicJwk }: SigningKey): TokenVerifier {
    const keys = createLocalJWKSet({ keys: [publicJwk] });
    return new TokenVerifier(keys, { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, algorithms: ['EdDSA'] });
  }

  /** @throws InvalidToken; any other error means that the provider's keys could not be had. */
  async verify(token: string): Promise<Principal> {
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
      if (principal === undefined) throw new InvalidToken('its role is unknown, or lacks an email or a domain');
      return { principal, untilMs: Math.min((payload.exp ?? 0) * 1_000, Date.now() + CACHED_MAX_MS) };
    } catch (error) {
      throw isTokensFault(error) ? new InvalidToken(reasonOf(error), { cause: error }) : error;
    }
  }
}

const TOKEN_FAULTS = [
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

const isTokensFault = (error: unknown): boolean => TOKEN_FAULTS.some((fault) => error instanceof fault);

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim '${error.claim}' is not the expected one`;
  return 'its signature does not hold';
}
