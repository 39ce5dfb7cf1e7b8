import { randomUUID } from 'node:crypto';
import type { Role, TokenRequest } from '#auth';
import type { License, LicenseCredits, SeatChange, Staff } from '#contracts';
import type { LedgerProcess } from '../../support/ledger-process.js';
import type { DescribedRoute } from './described-routes.js';

/** What a call is aimed at: a license, with a value for each parameter of a path or query. */
export interface Target {
  readonly domain: string;
  readonly billingEmail: string;
  readonly values: Readonly<Record<string, string>>;
}

const common = {
  planId: 'team',
  month: '2026-05',
  kind: 'renewal',
  state: 'failed',
  code: 'forbidden',
  name: 'seats-reduced.v1',
  currency: 'USD',
  asOf: '2026-06-11T09:00:00Z',
};
/** The parameters that name a license, or a part of one. */
const ofLicense = ['licenseId', 'domain', 'invoiceNumber', 'changeId'];

/** A license on the plan `team`, with a change on its way, an invoice and a member of staff. */
export async function registered(ledger: LedgerProcess, domain: string): Promise<Target> {
  const terms = { planId: 'team', seats: 60, currency: 'USD', interval: 'month' };
  const license = await ledger.post<License>('/v1/licenses', { ...terms, domain, billingEmail: `billing@${domain}` });
  const path = `/v1/licenses/${license.body.licenseId}`;
  const change = await ledger.post<SeatChange>(`${path}/seat-changes`, { seats: 48 });
  const staff = await ledger.post<Staff>(`${path}/staff`, { email: `ada@${domain}`, name: 'Ada', role: 'agent' });
  // Waits until the read model has all of it.
  const { body } = await ledger.get<LicenseCredits>(`${path}/credits`);
  return target(domain, {
    licenseId: license.body.licenseId,
    invoiceNumber: `${domain.toUpperCase()}-0001`,
    changeId: change.body.changeId,
    staffId: staff.body.staffId,
    entryId: body.items[0]?.entryId ?? '',
  });
}

/** What nobody has registered. */
export function unregistered(): Target {
  const domain = 'nobody.example';
  return target(domain, {
    licenseId: randomUUID(),
    invoiceNumber: `${domain.toUpperCase()}-0001`,
    changeId: randomUUID(),
    staffId: randomUUID(),
  });
}

function target(domain: string, values: Readonly<Record<string, string>>): Target {
  return { domain, billingEmail: `billing@${domain}`, values: { ...common, domain, ...values } };
}

/** The caller of a role to whom the target belongs, if the role owns anything. */
export function callerOf(role: Role, { domain, billingEmail }: Target): TokenRequest {
  if (role === 'customer') return { role, email: billingEmail };
  return role === 'helpdesk' ? { role, domain } : { role };
}

export function isOfLicense({ path, query }: DescribedRoute): boolean {
  return ofLicense.some((name) => path.includes(`{${name}}`) || query.includes(name));
}

/** Where and with what the route is called for the target. A parameter that nobody knows gets a new UUID. */
export function callOn({ path, query, body }: DescribedRoute, { domain, billingEmail, values }: Target) {
  const valueOf = (name: string) => encodeURIComponent(values[name] ?? randomUUID());
  const asked = query.map((name) => `${name}=${valueOf(name)}`).join('&');
  return {
    url: path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name)) + (asked && `?${asked}`),
    body: body && { ...body, ...('domain' in body && { domain, billingEmail }) },
  };
}

/** The text without what tells one target from another. */
export function anonymous(text: string, { values }: Target): string {
  return ofLicense.reduce((told, name) => told.replaceAll(values[name] ?? '', `<${name}>`), text);
}
