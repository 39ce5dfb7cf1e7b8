import fc from 'fast-check';
import { addMoney, currencyExponent, formatMinor, isCurrency, money, negate, prorate } from '#money';

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['BHD', 3],
    ['UGX', 0],
  ])('%s has %i minor digits', (code, digits) => expect(currencyExponent(code)).toBe(digits));

  it('knows no other codes', () => {
    expect(isCurrency('usd')).toBe(false);
    expect(isCurrency('__proto__')).toBe(false);
    expect(() => currencyExponent('XXZ')).toThrow(RangeError);
  });
});

describe('money', () => {
  it('is whole minor units of a known currency', () => {
    expect(() => money(0.5, 'USD')).toThrow(RangeError);
    expect(() => money(Number.MAX_SAFE_INTEGER + 1, 'USD')).toThrow(RangeError);
    expect(() => money(1, 'usd')).toThrow(RangeError);
  });

  it('never adds different currencies', () => {
    expect(addMoney(money(1, 'USD'), money(2, 'USD'))).toEqual(money(3, 'USD'));
    expect(() => addMoney(money(1, 'USD'), money(2, 'EUR'))).toThrow('cannot add EUR to USD');
  });

  it('has no negative zero', () => {
    expect(Object.is(negate(money(0, 'USD')).amount, 0)).toBe(true);
  });

  it.each([
    [7600, 'USD', '76.00'],
    [5, 'USD', '0.05'],
    [-733, 'USD', '-7.33'],
    [120, 'JPY', '120'],
    [1234, 'BHD', '1.234'],
  ])('%i %s reads %s', (amount, currency, text) => expect(formatMinor(amount, currency)).toBe(text));
});

describe('prorate', () => {
  it('rounds half up', () => {
    expect(prorate(1, 1, 2)).toBe(1);
    expect(prorate(1, 1, 3)).toBe(0);
    expect(prorate(700, 30, 31)).toBe(677);
    expect(prorate(700, 59, 31)).toBe(1332);
  });

  it('is exact beyond 2^53', () => {
    expect(prorate(900_000_000_001, 31 * 9_000, 31)).toBe(900_000_000_001 * 9_000);
  });

  it('never moves down as the units go up, and a whole is the price', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.nat(1e6),
        fc.nat(1e3),
        fc.integer({ min: 1, max: 366 }),
        (price, units, more, days) => {
          expect(prorate(price, units + more, days)).toBeGreaterThanOrEqual(prorate(price, units, days));
          expect(prorate(price, days, days)).toBe(price);
        },
      ),
    );
  });

  it.each([
    [-1, 1, 1],
    [1, -1, 1],
    [1, 1, 0],
  ])('refuses %i × %i / %i', (...args) => expect(() => prorate(...args)).toThrow(RangeError));
});
