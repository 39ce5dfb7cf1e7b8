import { localDateAt } from '#calendar';
import type { ExplainedCredit } from '#contracts';
import { formatAmount, formatCount } from '../format/amount.js';
import { formatDate } from '../format/date.js';
import { isolate } from '../format/text.js';

/**
 * Why there was a credit, in words: `12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left,
 * 12 × 10.00 × 20/30 = 80.00`. It repeats recorded figures and computes none.
 *
 * @param timeZone the license's, in which its days are counted
 */
export function creditInWords(credit: ExplainedCredit, timeZone: string): string {
  const { effectiveAt, granted, used, computation, reason } = credit;
  const on = formatDate(localDateAt(effectiveAt, timeZone));
  const origin =
    computation === null
      ? `Credit of ${formatAmount(granted)} given on ${on}${reason === null ? '' : `: ${isolate(reason)}`}`
      : `${removal(computation, on)} =\u00a0${formatAmount(granted)}`;
  return used.amount === granted.amount ? `${origin}.` : `${origin}, of which ${formatAmount(used)} is used here.`;
}

function removal(figures: NonNullable<ExplainedCredit['computation']>, on: string): string {
  const { paidSeats, creditedSeatsBefore, creditedSeatsAfter, remainingDays, cycleDays } = figures;
  const { seatDaysBefore, seatDaysAfter } = figures;
  const removed = formatCount(creditedSeatsAfter - creditedSeatsBefore);
  const price = formatAmount(figures.unitPrice);
  const seats = `${removed} of ${formatCount(paidSeats)} paid seats removed on ${on}: ${remainingDays} of ${cycleDays} days left`;
  if (seatDaysBefore === 0) return `${seats}, ${removed} × ${price} × ${remainingDays}/${cycleDays}`;
  // Rounding depends on where the cycle stands, so what was credited before belongs to the figures.
  const part = (seatDays: number): string => `${price} × ${formatCount(seatDays)}/${cycleDays}`;
  return `${seats}, ${formatCount(seatDaysAfter)} seat-days in all after ${formatCount(seatDaysBefore)}, ${part(seatDaysAfter)} − ${part(seatDaysBefore)}`;
}
