/**
 * `price × units / denominator`, rounded half up to a whole minor unit.
 *
 * The product is computed exactly (a price in a small currency times seats times days passes 2^53).
 *
 * @param priceMinor price of one whole, in minor units; not negative
 * @param units how many parts are meant (seat-days); not negative
 * @param denominator how many parts make a whole (days of the cycle); positive
 * @throws RangeError when an argument is out of range or the result is not a safe integer.
 */
export function prorate(priceMinor: number, units: number, denominator: number): number {
  if (priceMinor < 0 || units < 0) throw new RangeError('prorate takes no negative price or units');
  if (denominator <= 0) throw new RangeError('prorate takes a positive denominator');
  const doubled = 2n * BigInt(denominator);
  const result = Number((2n * BigInt(priceMinor) * BigInt(units) + BigInt(denominator)) / doubled);
  if (!Number.isSafeInteger(result)) throw new RangeError('the prorated amount is beyond what can be represented');
  return result;
}
