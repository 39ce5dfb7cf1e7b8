export const ROLES = ['customer', 'helpdesk', 'billing', 'finance', 'support', 'service', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who is calling, as their token says. A customer always has an email that its issuer has verified, a helpdesk always a
 * domain; both in lower case.
 */
export interface Principal {
  readonly subject: string;
  readonly role: Role;
  readonly email?: string;
  readonly domain?: string;
  /** The program that got the token, where the token says so. */
  readonly client?: string;
}

/** What of a license decides who may see it. */
export interface LicenseOwner {
  readonly billingEmail: string;
  readonly domain: string;
}

/**
 * The part of the ledger that is open to `principal`, as a filter for lists: a customer has the licenses of its own
 * billing email, a helpdesk instance its own domain, all the others everything.
 */
export function scopeOf({ role, email = '', domain = '' }: Principal): Partial<LicenseOwner> {
  switch (role) {
    case 'customer':
      return { billingEmail: email };
    case 'helpdesk':
      return { domain };
    case 'billing':
    case 'finance':
    case 'support':
    case 'service':
    case 'admin':
      return {};
  }
}

/** Whether the license is within the principal's scope. To a stranger the license does not exist: answer 404, not 403. */
export function mayAccess(principal: Principal, { billingEmail, domain }: LicenseOwner): boolean {
  const scope = scopeOf(principal);
  return (
    (scope.billingEmail === undefined || scope.billingEmail === billingEmail.toLowerCase()) &&
    (scope.domain === undefined || scope.domain === domain.toLowerCase())
  );
}

/** Makes a principal of a token's claims, or undefined when they lack what the role needs. */
export function principalFrom(claims: Readonly<Record<string, unknown>>): Principal | undefined {
  const { role, azp, client_id: clientId = azp } = claims;
  const subject = name(claims['sub']);
  const client = name(clientId);
  const email = claims['email_verified'] === true ? address(claims['email']) : undefined;
  const domain = address(claims['domain']);
  if (subject === undefined || !isRole(role)) return undefined;
  if ((role === 'customer' && email === undefined) || (role === 'helpdesk' && domain === undefined)) return undefined;
  return {
    subject,
    role,
    ...(email !== undefined && { email }),
    ...(domain !== undefined && { domain }),
    ...(client !== undefined && { client }),
  };
}

export const isRole = (value: unknown): value is Role => (ROLES as readonly unknown[]).includes(value);

/** What goes into events and the log as it is: text of a sane length that cannot begin a line of its own. */
const name = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]{1,255}$/u.test(value) ? value : undefined;

/**
 * An email or a domain, in lower case. Characters that stand for others are refused: the sign for kelvin becomes a plain
 * `k` in lower case, and another's address with it.
 */
function address(value: unknown): string | undefined {
  const text = name(value);
  return text !== undefined && text.normalize('NFKC') === text ? text.toLowerCase() : undefined;
}
