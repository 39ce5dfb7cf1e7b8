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
  it('reads the claims', () => {
    expect(principalFrom({ sub: 's', role: 'customer', email: 'Ada@Customer.example', domain: '' })).toEqual({
      subject: 's',
      role: 'customer',
      email: 'ada@customer.example',
    });
  });

  it.each([
    [{ role: 'billing' }],
    [{ sub: 's' }],
    [{ sub: 's', role: 'root' }],
    [{ sub: 's', role: ['admin'] }],
    [{ sub: 's', role: 'customer' }],
    [{ sub: 's', role: 'customer', email: '' }],
    [{ sub: 's', role: 'helpdesk', email: 'a@b.example' }],
  ])('refuses %j', (claims) => {
    expect(principalFrom(claims)).toBeUndefined();
  });
});
