import type { LocalDate } from '#calendar';
import { formatMinor, prorate } from '#money';

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** `11 June 2026`. */
export function dateInWords(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${day} ${months[month - 1]} ${year}`;
}

/** `80.00`, `−7.33`; without its currency, which follows the figure that an explanation leads to. */
export function amountInWords(minor: number, currency: string): string {
  return formatMinor(minor, currency).replace('-', '−');
}

export function seatsInWords(count: number): string {
  return count === 1 ? '1 seat' : `${count} seats`;
}

/** What somebody wrote, told apart from what the ledger says. */
export function quoted(text: string): string {
  return `“${text}”`;
}

/** Seat-days of one cycle, and what one seat costs for all of it. */
export interface PricedDays {
  readonly seatDays: number;
  readonly unitPriceMinor: number;
  readonly cycleDays: number;
  readonly currency: string;
}

export function worthMinor({ unitPriceMinor, seatDays, cycleDays }: PricedDays): number {
  return prorate(unitPriceMinor, seatDays, cycleDays);
}

/** `, rounded half up` where it was rounded at all, and nothing where the quotient is whole. */
export function roundingInWords({ unitPriceMinor, seatDays, cycleDays }: PricedDays): string {
  const isWhole = (BigInt(unitPriceMinor) * BigInt(seatDays)) % BigInt(cycleDays) === 0n;
  return isWhole ? '' : ', rounded half up';
}

/** `7.00 × 59/31 = 13.32, rounded half up`. */
export function worthInWords(priced: PricedDays): string {
  const { unitPriceMinor, seatDays, cycleDays, currency } = priced;
  const price = amountInWords(unitPriceMinor, currency);
  const worth = amountInWords(worthMinor(priced), currency);
  return `${price} × ${seatDays}/${cycleDays} = ${worth}${roundingInWords(priced)}`;
}

/** `0.00 + 80.00 = 80.00`, or with a minus where `movedMinor` is less than nothing. */
export function movedInWords(fromMinor: number, movedMinor: number, currency: string): string {
  const amount = (minor: number): string => amountInWords(minor, currency);
  const sign = movedMinor < 0 ? '−' : '+';
  return `${amount(fromMinor)} ${sign} ${amount(Math.abs(movedMinor))} = ${amount(fromMinor + movedMinor)}`;
}
