import type { Money } from '#contracts';
import { currencyExponent, formatMinor } from '#money';

const formats = new Map<number, Intl.NumberFormat>();
const currencyNames = new Intl.DisplayNames('en', { type: 'currency' });

/**
 * An amount for people, without its currency: 123456 USD → `1,234.56`, 123456 JPY → `123,456`, -1500 KWD → `−1.500`.
 * The digits are grouped as they stand: no floating point number is made of them.
 */
export function formatAmount({ amount, currency }: Money): string {
  const digits = currencyExponent(currency);
  let format = formats.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  // A string of digits is formatted exactly, however long it is.
  return format.format(formatMinor(amount, currency) as Intl.StringNumericLiteral).replace('-', '−');
}

/** With the currency's code, which tells dollars apart: `USD 1,234.56`. */
export function formatMoney(money: Money): string {
  return `${money.currency} ${formatAmount(money)}`;
}

/** `US Dollar (USD)`. */
export function nameCurrency(code: string): string {
  const name = currencyNames.of(code);
  return name === undefined || name === code ? code : `${name} (${code})`;
}

/** A count of seats or days: `1,000,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}
