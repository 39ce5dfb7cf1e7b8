import type { ExplainedCreditComputation } from '#contracts';
import type { LocalDate } from '#calendar';
import {
  amountInWords,
  dateInWords,
  roundingInWords,
  seatsInWords,
  worthInWords,
  worthMinor,
  type PricedDays,
} from './words.js';

/** The figures of a change of seats, as its event has them. */
export interface SeatChangeFigures {
  readonly effectiveOn: LocalDate;
  readonly computation: ExplainedCreditComputation;
}

/**
 * What a change of seats came to, and why: `12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left,
 * 12 × 10.00 × 20/30 = 80.00 USD.` Whoever reads it can compute it again: each figure is there, and each rounding.
 */
export function seatChangeInWords({ effectiveOn, computation }: SeatChangeFigures): string {
  const { seats, previousSeats, creditedSeatsBefore, creditedSeatsAfter } = computation;
  const credited = Math.abs(creditedSeatsAfter - creditedSeatsBefore);
  const on = dateInWords(effectiveOn);
  return seats < previousSeats ? removed(computation, credited, on) : added(computation, credited, on);
}

function removed(figures: ExplainedCreditComputation, credited: number, on: string): string {
  const { previousSeats, seats, paidSeats } = figures;
  const count = previousSeats - seats;
  const uncharged = count - credited;
  const days = daysLeft(figures);
  if (uncharged === 0) return `${count} of ${paidSeats} paid seats removed on ${on}: ${days} left, ${earned(figures)}`;
  const what = `${seatsInWords(count)} removed on ${on} (${previousSeats} to ${seats})`;
  const why = 'added in this cycle and not charged, and earn nothing';
  if (credited === 0) return `${what}: they were ${why}.`;
  return `${what}. ${uncharged} of them were ${why}; for the other ${credited} of ${paidSeats} paid seats: ${days} left, ${earned(figures)}`;
}

function added(figures: ExplainedCreditComputation, reinstated: number, on: string): string {
  const { previousSeats, seats, paidSeats } = figures;
  const count = seats - previousSeats;
  const uncharged = count - reinstated;
  const days = daysLeft(figures);
  const what = `${seatsInWords(count)} added on ${on} (${previousSeats} to ${seats})`;
  const later = 'charged from the next cycle on, with nothing for the rest of this one';
  if (reinstated === 0) return `${what}: ${later}.`;
  if (uncharged === 0)
    return `${count} of ${paidSeats} paid seats came back on ${on}: ${days} left, ${earned(figures)}`;
  return `${what}. ${uncharged} of them are ${later}; the other ${reinstated} of ${paidSeats} paid seats came back: ${days} left, ${earned(figures)}`;
}

function daysLeft({ remainingDays, cycleDays }: ExplainedCreditComputation): string {
  return `${remainingDays} of ${cycleDays} days`;
}

/** The first change of a cycle earns what its seat-days are worth; a later one the difference to what was earned before. */
function earned(figures: ExplainedCreditComputation): string {
  const { seatDaysBefore, seatDaysAfter, remainingDays, creditedSeatsBefore, creditedSeatsAfter } = figures;
  const { currency, amount: unitPriceMinor } = figures.unitPrice;
  const moved = creditedSeatsAfter - creditedSeatsBefore;
  const after: PricedDays = { seatDays: seatDaysAfter, unitPriceMinor, cycleDays: figures.cycleDays, currency };
  const amount = (minor: number): string => amountInWords(minor, currency);
  if (seatDaysBefore === 0) {
    const product = `${moved} × ${amount(unitPriceMinor)} × ${remainingDays}/${figures.cycleDays}`;
    return `${product} = ${amount(worthMinor(after))} ${currency}${roundingInWords(after)}.`;
  }
  const before: PricedDays = { ...after, seatDays: seatDaysBefore };
  const sign = moved < 0 ? '−' : '+';
  const seatDays = `${seatDaysBefore} ${sign} ${Math.abs(moved)} × ${remainingDays} = ${seatDaysAfter}`;
  const [now, then] = [worthMinor(after), worthMinor(before)];
  const difference = `${amount(now)} − ${amount(then)} = ${amount(now - then)} ${currency}`;
  return `so ${seatDays} seat-days are credited in this cycle. They are worth ${worthInWords(after)}; those before were worth ${worthInWords(before)}; ${difference}.`;
}
