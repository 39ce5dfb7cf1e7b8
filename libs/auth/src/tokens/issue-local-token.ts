import { SignJWT } from 'jose';
import { isRole, principalFrom, ROLES, type Role } from '../principal.js';
import { openSigningKey } from './signing-key.js';

/** Who signs, and for whom, where no identity provider is set. */
export const LOCAL_ISSUER = 'seat-ledger';
export const LOCAL_AUDIENCE = 'seat-ledger';
/** What local tokens name as the program that got them. */
export const LOCAL_CLIENT = 'local';
export const LIFETIME_DEFAULT = '30d';

export interface TokenRequest {
  readonly role: Role;
  readonly subject?: string;
  /** Whose licenses a customer sees. */
  readonly email?: string;
  /** Which instance a helpdesk is. */
  readonly domain?: string;
  /** A number with s, m, h, d, w or y. */
  readonly expiresIn?: string;
}

/**
 * Signs a bearer token with the key of the data folder, making the key if need be; no server has to run.
 * @throws when the role is unknown or lacks what it needs.
 */
export async function issueLocalToken(dataDir: string, request: TokenRequest): Promise<string> {
  const { role, email, domain, expiresIn = LIFETIME_DEFAULT } = request;
  if (!isRole(role)) throw new Error(`There is no role '${String(role)}'. Choose one of: ${ROLES.join(', ')}.`);
  if (!/^[1-9]\d{0,8}[smhdwy]$/.test(expiresIn)) throw new Error(`'${expiresIn}' is no time span such as 30d or 12h.`);
  const sub = request.subject ?? email ?? domain ?? role;
  const claims = {
    sub,
    role,
    client_id: LOCAL_CLIENT,
    ...(email !== undefined && { email, email_verified: true }),
    ...(domain !== undefined && { domain }),
  };
  if (principalFrom(claims) === undefined) {
    throw new Error(role === 'customer' ? 'A customer needs an email.' : 'A helpdesk needs a domain.');
  }
  const { kid, privateKey } = await openSigningKey(dataDir, 'access-tokens');
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(privateKey);
}
