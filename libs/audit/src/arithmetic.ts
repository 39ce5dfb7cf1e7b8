/**
 * `priceMinor × units / denominator`, rounded half up: the rule of the books, written a second time on purpose. What is
 * checked here must not be computed by the code that is checked. NaN where there is nothing to divide by.
 */
export function proratedMinor(priceMinor: number, units: number, denominator: number): number {
  if (!(denominator > 0)) return NaN;
  const [price, count, days] = [BigInt(priceMinor), BigInt(units), BigInt(denominator)];
  const quotient = (price * count) / days;
  const remainder = (price * count) % days;
  return Number(2n * remainder >= days ? quotient + 1n : quotient);
}
