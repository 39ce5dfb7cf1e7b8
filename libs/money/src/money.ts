import { currencyExponent, isCurrency } from './currency.js';

/** An amount in whole minor units of one currency: `{ amount: 7600, currency: 'USD' }` is 76.00 US dollars. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Whether a number can stand for money: an integer that a double holds exactly. */
export function isMinorAmount(amount: number): boolean {
  return Number.isSafeInteger(amount);
}

/**
 * @param amount whole minor units
 * @param currency ISO 4217 code
 * @throws RangeError when the amount is no safe integer or the currency is unknown.
 */
export function money(amount: number, currency: string): Money {
  if (!isMinorAmount(amount)) throw new RangeError(`${amount} is not a whole number of minor units`);
  if (!isCurrency(currency)) throw new RangeError(`'${currency}' is not an ISO 4217 currency code`);
  // Adding 0 turns -0, which prints as "0" but compares unlike it, into 0.
  return { amount: amount + 0, currency };
}

/** @throws RangeError when the currencies differ: amounts of different currencies are never added. */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new RangeError(`cannot add ${right.currency} to ${left.currency}`);
  }
  return money(left.amount + right.amount, left.currency);
}

/** The same amount with the other sign. */
export function negate(value: Money): Money {
  return money(0 - value.amount, value.currency);
}

/**
 * Minor units as a plain decimal with the currency's digits, for words that people read: 7600 USD → `76.00`, 120 JPY → `120`.
 */
export function formatMinor(amountMinor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = Math.abs(amountMinor)
    .toString()
    .padStart(exponent + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
