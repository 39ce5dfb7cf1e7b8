import { prorate } from '#money';
import type { Cycle } from '#calendar';
import type { LicenseEvent } from './events.js';

/** What one invoiced cycle's seats came to, as far as its events go; days to come count as if nothing else happened. */
export interface ChargedCycle {
  readonly cycle: Cycle;
  readonly currency: string;
  readonly unitPriceMinor: number;
  readonly paidSeats: number;
  /** Days of the cycle that the invoice charged. */
  readonly billedDays: number;
  /** The most seats that were ever held in it. */
  readonly highestSeats: number;
  /** Seats times days that were charged and given back. */
  readonly creditedSeatDays: number;
  /** Seats times days beyond the paid seats: used, and not charged, since added seats are charged from the next cycle on. */
  readonly unchargedSeatDays: number;
}

/** What a cycle earns under each policy, less its credits. Minor units. */
export interface PolicyFigures {
  /** The ledger's own: seats that are added are charged from the next cycle on. */
  readonly nextCycleMinor: number;
  /** Seats that are added are charged at once for the days that remain, as removed ones are credited for them. */
  readonly proratedMinor: number;
  /** The most seats of the cycle, charged for all of it; nothing is credited. */
  readonly highWaterMinor: number;
}

export function chargedCycle({ data }: LicenseEvent<'InvoiceIssued'>): ChargedCycle {
  const { cycle, currency, unitPriceMinor, seats, lines } = data;
  const billedDays = lines[0]?.billedDays ?? cycle.days;
  const none = { creditedSeatDays: 0, unchargedSeatDays: 0 };
  return { cycle, currency, unitPriceMinor, paidSeats: seats, billedDays, highestSeats: seats, ...none };
}

/** How a change of seats moves the cycle in which it happens. */
export interface SeatUse {
  readonly seats: number;
  readonly creditedSeatDays: number;
  /** To be added to those before; negative when uncharged seats go again. */
  readonly unchargedSeatDaysMoved: number;
}

export function seatUse({ data }: LicenseEvent<'SeatsIncreased' | 'SeatsReduced'>): SeatUse {
  const { from, to, computation } = data;
  const beyond = (seats: number): number => Math.max(0, seats - computation.paidSeats);
  return {
    seats: to,
    creditedSeatDays: computation.seatDaysAfter,
    unchargedSeatDaysMoved: (beyond(to) - beyond(from)) * computation.remainingDays,
  };
}

export function moveSeatUse(charged: ChargedCycle, { seats, creditedSeatDays, unchargedSeatDaysMoved }: SeatUse) {
  return {
    ...charged,
    highestSeats: Math.max(charged.highestSeats, seats),
    creditedSeatDays,
    unchargedSeatDays: charged.unchargedSeatDays + unchargedSeatDaysMoved,
  };
}

/** What the cycle's uncharged seat-days would have earned: what the next-cycle rule costs the seller. Minor units. */
export function unchargedMinor({ unitPriceMinor, unchargedSeatDays, cycle }: ChargedCycle): number {
  return prorate(unitPriceMinor, unchargedSeatDays, cycle.days);
}

export function underPolicies(charged: ChargedCycle): PolicyFigures {
  const { unitPriceMinor, paidSeats, billedDays, highestSeats, creditedSeatDays, cycle } = charged;
  const worth = (seatDays: number): number => prorate(unitPriceMinor, seatDays, cycle.days);
  const nextCycleMinor = worth(paidSeats * billedDays) - worth(creditedSeatDays);
  return {
    nextCycleMinor,
    proratedMinor: nextCycleMinor + unchargedMinor(charged),
    highWaterMinor: worth(highestSeats * billedDays),
  };
}
