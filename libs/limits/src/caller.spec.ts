import { callerByAddress, callerByToken } from './caller.js';

describe('callerByAddress', () => {
  it('is the address of IPv4, also where it is mapped into IPv6', () => {
    expect([callerByAddress('192.0.2.7'), callerByAddress('::ffff:192.0.2.7')]).toEqual(['192.0.2.7', '192.0.2.7']);
  });

  it('is the network of IPv6', () => {
    expect(callerByAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::');
    expect(callerByAddress('2001:db8:1:2::ffff')).toBe('2001:db8:1:2::');
    expect(callerByAddress('2001:db8:1:3::1')).toBe('2001:db8:1:3::');
  });
});

describe('callerByToken', () => {
  it('tells tokens apart without keeping them', () => {
    expect(callerByToken('Bearer a')).not.toBe(callerByToken('Bearer b'));
    expect(callerByToken('Bearer secret')).not.toContain('secret');
  });
});
