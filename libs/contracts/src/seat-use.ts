import type { InvoiceCycle, Money } from './values.js';

/** Seats that a license pays for and nobody sits on, and what giving them back would save. */
export interface UnusedSeats {
  readonly licenseId: string;
  readonly domain: string;
  readonly seats: number;
  /** Active staff, by the ledger or by the instance's last report, whichever is more. */
  readonly usedSeats: number;
  readonly unusedSeats: number;
  /** The fewest seats that lock nobody out. */
  readonly safeSeats: number;
  /** The credit that a reduction to the safe seats would earn now. */
  readonly creditNow: Money;
  /** By how much it would lower each invoice; null when no next invoice is to come. */
  readonly savingPerCycle: Money | null;
}

/** What seats came to in one invoiced cycle of a license, under the ledger's policy and under others. */
export interface ChargedCycle {
  readonly licenseId: string;
  readonly invoiceNumber: string;
  readonly cycle: InvoiceCycle;
  readonly unitPrice: Money;
  readonly paidSeats: number;
  readonly highestSeats: number;
  /** Seats times days that were paid for and given back. */
  readonly creditedSeatDays: number;
  /** Seats times days beyond the paid seats: used, and never charged. */
  readonly unchargedSeatDays: number;
  /** What the uncharged seat-days would have earned. */
  readonly uncharged: Money;
  readonly policies: PolicyFigures;
  /** Each of the policies' figures in words, with every figure and rounding. */
  readonly explanation: Readonly<Record<keyof PolicyFigures, string>>;
}

/** The same seats under three policies, each less its credits. */
export interface PolicyFigures {
  /** The ledger's: added seats are charged from the next cycle on, removed ones credited for the days that remain. */
  readonly nextCycle: Money;
  /** Added seats are charged at once for the days that remain. */
  readonly proratedIncreases: Money;
  /** The most seats of a cycle are charged for all of it, and nothing is credited. */
  readonly highWaterMark: Money;
}

/** The cycles of one currency that began in one month, added up. */
export interface PolicySummary {
  readonly currency: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly cycles: number;
  readonly creditedSeatDays: number;
  readonly unchargedSeatDays: number;
  readonly uncharged: Money;
  readonly policies: PolicyFigures;
}
