import { daysBetween, type LocalDate } from '#calendar';
import { prorate } from '#money';
import type { CreditComputation, GrantUse } from './events.js';
import type { CreditGrant, PaidCycle } from './state.js';

/**
 * The one credit formula, for both directions.
 *
 * Of the seats that the cycle's invoice charged for, those that are not held now are credited for the days that
 * remain. The cycle keeps one running integer, its credited seat-days, and what the balance moves by is the difference
 * of two roundings of that integer: so the rounding depends on where the cycle stands and not on the path to it.
 *
 * @param today the local date of the change; it is one of the remaining days
 */
export function computeCredit(paid: PaidCycle, from: number, to: number, today: LocalDate): CreditComputation {
  const { cycle, paidSeats, unitPriceMinor, seatDays } = paid;
  const remainingDays = daysBetween(today, cycle.endsOn);
  const creditedSeatsBefore = Math.max(0, paidSeats - from);
  const creditedSeatsAfter = Math.max(0, paidSeats - to);
  return {
    cycle,
    paidSeats,
    unitPriceMinor,
    remainingDays,
    creditedSeatsBefore,
    creditedSeatsAfter,
    seatDaysBefore: seatDays,
    seatDaysAfter: seatDays + (creditedSeatsAfter - creditedSeatsBefore) * remainingDays,
  };
}

/** What the balance moves by: A(after) − A(before). Minor units, negative when credit is taken back. */
export function creditMinorOf(computation: CreditComputation): number {
  const { unitPriceMinor, cycle, seatDaysBefore, seatDaysAfter } = computation;
  return prorate(unitPriceMinor, seatDaysAfter, cycle.days) - prorate(unitPriceMinor, seatDaysBefore, cycle.days);
}

/** Takes `amountMinor` from the oldest grants first: how invoices use the balance. */
export function useOldest(grants: readonly CreditGrant[], amountMinor: number): GrantUse[] {
  let left = amountMinor;
  const uses: GrantUse[] = [];
  for (const grant of grants) {
    if (left === 0) break;
    const used = Math.min(left, grant.remainingMinor);
    uses.push({ entryNumber: grant.entryNumber, amountMinor: used });
    left -= used;
  }
  if (left > 0) throw new Error(`the grants are ${left} minor units short of the credit balance`);
  return uses;
}

/**
 * Takes `amountMinor` from the newest seat credits first: seats that come back take back what this cycle gave, and
 * leave goodwill and the credits of earlier cycles alone.
 */
export function takeBackNewest(grants: readonly CreditGrant[], amountMinor: number): GrantUse[] {
  return useOldest(grants.filter((grant) => grant.kind === 'seats').toReversed(), amountMinor);
}
