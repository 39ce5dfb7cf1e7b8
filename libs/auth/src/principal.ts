export const ROLES = ['customer', 'helpdesk', 'billing', 'finance', 'support', 'service', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as their token says. A customer always has an email, a helpdesk always a domain; both in lower case. */
export interface Principal {
  readonly subject: string;
  readonly role: Role;
  readonly email?: string;
  readonly domain?: string;
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
  const { sub: subject, role } = claims;
  const email = text(claims['email']);
  const domain = text(claims['domain']);
  if (typeof subject !== 'string' || !isRole(role)) return undefined;
  if ((role === 'customer' && email === undefined) || (role === 'helpdesk' && domain === undefined)) return undefined;
  return { subject, role, ...(email !== undefined && { email }), ...(domain !== undefined && { domain }) };
}

export const isRole = (value: unknown): value is Role => (ROLES as readonly unknown[]).includes(value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
