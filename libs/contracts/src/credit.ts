import type { Actor, AgeBucket, ExplainedEvent, Instant, InvoiceCycle, LocalDate, Money } from './values.js';

export type CreditKind = 'granted' | 'reversed' | 'applied' | 'goodwill';

/** One movement of a license's credit balance, with what it was computed from. */
export interface CreditEntry {
  readonly entryId: string;
  readonly licenseId: string;
  readonly kind: CreditKind;
  /** Signed: what was reversed or applied is negative. */
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
  readonly changeId: string | null;
  readonly invoiceNumber: string | null;
  readonly reason: string | null;
  readonly computation: CreditComputation | null;
  readonly event: { readonly id: string; readonly stream: string; readonly revision: number };
  /** Of the license's entry before this one; null for its first. */
  readonly previousHash: string | null;
  /** SHA-256 over all of the above but `recordedAt`; see `creditHash`. */
  readonly hash: string;
}

/** What was taken from one grant of credit; positive. */
export interface CreditUse {
  readonly entryId: string;
  readonly amount: Money;
}

/** An entry with what leads from its figure to its event. None of it is sealed: the event says it, whose id is. */
export interface ExplainedCreditEntry extends CreditEntry {
  /** The license's date at `effectiveAt`. */
  readonly effectiveOn: LocalDate;
  readonly computation: ExplainedCreditComputation | null;
  /** From which grants an entry that lowers the balance was taken. */
  readonly grantsUsed: readonly CreditUse[];
  readonly actor: Actor;
  /** In words, with every figure and rounding. */
  readonly explanation: string;
}

/** What an entry took from a grant. */
export interface CreditTaking extends CreditUse {
  /** Of the invoice that it paid; null where seats took their credit back. */
  readonly invoiceNumber: string | null;
  readonly event: ExplainedEvent;
}

/** An entry with what became of it. */
export interface CreditEntryStory extends ExplainedCreditEntry {
  /** The entries that took from this grant, in their order; none of an entry that grants nothing. */
  readonly takings: readonly CreditTaking[];
  /** What is left of this grant; null of an entry that grants nothing. */
  readonly remainder: { readonly amount: Money; readonly explanation: string } | null;
}

/** The credit is A(seatDaysAfter) − A(seatDaysBefore), where A(x) = unitPrice × x / cycleDays, rounded half up. */
export interface CreditComputation {
  readonly seats: number;
  readonly seatDaysBefore: number;
  readonly seatDaysAfter: number;
  readonly cycleDays: number;
  readonly unitPrice: Money;
}

/** The same down to the seats and days of the change. */
export interface ExplainedCreditComputation extends CreditComputation {
  /** Held until the change; `seats` are held from it on. */
  readonly previousSeats: number;
  readonly cycle: InvoiceCycle;
  /** What the cycle's invoice charged for. */
  readonly paidSeats: number;
  /** Days from the change (included) to the end of the cycle. */
  readonly remainingDays: number;
  readonly creditedSeatsBefore: number;
  readonly creditedSeatsAfter: number;
}

/** What is left of the credit that was granted in one currency, by the age of the grant. */
export interface CreditBalanceAging {
  readonly currency: string;
  readonly licenses: number;
  readonly balance: Money;
  readonly buckets: readonly AgeBucket[];
}
