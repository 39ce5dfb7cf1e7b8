import type { AuthSettings } from '#platform';

/** Who issues tokens, and where its public keys are. */
export interface IdentityProvider {
  readonly jwksUrl: URL;
  readonly issuer: string;
  readonly audience: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws when the provider's keys would travel unprotected. */
export function identityProviderOf({ jwksUrl, issuer, audience }: AuthSettings): IdentityProvider {
  const url = new URL(jwksUrl);
  if (url.protocol !== 'https:' && !LOOPBACK.has(url.hostname)) {
    throw new Error(`AUTH_JWKS_URL must be an https URL, not ${url.protocol}//${url.host}.`);
  }
  return { jwksUrl: url, issuer, audience };
}
