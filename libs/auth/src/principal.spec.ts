import { mayAccess, principalFrom, scopeOf, type Role } from './principal.js';

const license = { billingEmail: 'Ada@Customer.example', domain: 'Help.customer.example' };

describe('mayAccess', () => {
  it('gives a customer the licenses of its own billing email', () => {
    const customer = (email: string) => ({ subject: 's', role: 'customer' as const, email, domain: license.domain });
    expect(mayAccess(customer('ada@customer.example'), license)).toBe(true);
    expect(mayAccess(customer('eve@customer.example'), license)).toBe(false);
    expect(mayAccess({ subject: 's', role: 'customer' }, license)).toBe(false);
    expect(scopeOf({ subject: 's', role: 'customer' })).toEqual({ billingEmail: '' });
  });

  it('gives an instance its own domain', () => {
    const helpdesk = (domain: string) => ({ subject: 's', role: 'helpdesk' as const, domain });
    expect(mayAccess(helpdesk('help.customer.example'), license)).toBe(true);
    expect(mayAccess(helpdesk('customer.example'), license)).toBe(false);
    expect(mayAccess({ subject: 's', role: 'helpdesk', email: 'ada@customer.example' }, license)).toBe(false);
  });

  it.each<Role>(['billing', 'finance', 'support', 'service', 'admin'])('gives %s everything', (role) => {
    expect(mayAccess({ subject: 's', role }, license)).toBe(true);
    expect(scopeOf({ subject: 's', role })).toEqual({});
  });
});

describe('principalFrom', () => {
  const ada = { sub: 's', role: 'customer', email: 'Ada@Customer.example', email_verified: true };

  it('reads the claims', () => {
    expect(principalFrom({ ...ada, domain: '', azp: 'portal' })).toEqual({
      subject: 's',
      role: 'customer',
      email: 'ada@customer.example',
      client: 'portal',
    });
  });

  it.each([
    [{ role: 'billing' }],
    [{ sub: 's' }],
    [{ sub: 's', role: 'root' }],
    [{ sub: 's', role: ['admin'] }],
    [{ sub: 's', role: 'customer' }],
    [{ ...ada, email: '' }],
    [{ ...ada, email_verified: undefined }],
    [{ ...ada, email_verified: false }],
    [{ ...ada, email_verified: 'true' }],
    [{ ...ada, email: ['ada@customer.example'] }],
    [{ ...ada, email: '\u212Aate@customer.example' }],
    [{ ...ada, email: 'ada@customer.example\r\nX-Role: admin' }],
    [{ ...ada, sub: '' }],
    [{ ...ada, sub: 's\nlevel=error' }],
    [{ ...ada, sub: 's'.repeat(256) }],
    [{ sub: 's', role: 'helpdesk', domain: '\u212Aelvin.example' }],
    [{ sub: 's', role: 'helpdesk', email: 'a@b.example' }],
  ])('refuses %j', (claims) => {
    expect(principalFrom(claims)).toBeUndefined();
  });
});
