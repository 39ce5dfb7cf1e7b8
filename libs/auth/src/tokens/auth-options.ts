/** Where tokens come from: the identity provider where `jwksUrl` is set, else the signing key of the data folder. */
export interface AuthOptions {
  readonly dataDir: string;
  readonly jwksUrl?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

export interface IdentityProvider {
  readonly jwksUrl: URL;
  readonly issuer: string;
  readonly audience: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws when the provider is set by halves, or its keys would travel unprotected. */
export function identityProviderOf({ jwksUrl, issuer, audience }: AuthOptions): IdentityProvider | undefined {
  if (!jwksUrl) return undefined;
  if (!issuer || !audience) {
    throw new Error(
      'AUTH_JWKS_URL needs AUTH_ISSUER and AUTH_AUDIENCE beside it: a signature alone proves too little.',
    );
  }
  const url = new URL(jwksUrl);
  if (url.protocol !== 'https:' && !LOOPBACK.has(url.hostname)) {
    throw new Error(`AUTH_JWKS_URL must be an https URL, not ${url.protocol}//${url.host}.`);
  }
  return { jwksUrl: url, issuer, audience };
}
