import * as iso4217 from 'dinero.js/currencies';

/** How many digits each ISO 4217 currency has after the decimal point, by its code. */
const exponents: ReadonlyMap<string, number> = new Map(
  Object.values(iso4217).map(({ code, exponent }) => [code, Number(exponent)]),
);

/** Whether `code` is an ISO 4217 currency code in capitals, such as `USD`. */
export function isCurrency(code: string): boolean {
  return exponents.has(code);
}

/**
 * The number of minor digits of a currency: 2 for USD, 0 for JPY, 3 for BHD.
 * The table is ISO 4217's and not the platform's locale data, which rounds some currencies to whole units.
 *
 * @throws RangeError when the code is not a currency's.
 */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) throw new RangeError(`'${code}' is not an ISO 4217 currency code`);
  return exponent;
}
