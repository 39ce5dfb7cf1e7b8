import type { CreditKind, CreditUse, ExplainedCreditComputation } from './credit.js';
import type { AgeBucket, ExplainedEvent, Instant, InvoiceCycle, LocalDate, Money } from './values.js';

export interface InvoiceLine {
  readonly description: string;
  readonly planId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly amount: Money;
}

/** The invoice that the next boundary will issue if nothing else happens. */
export interface NextInvoice {
  readonly licenseId: string;
  readonly domain: string;
  readonly issuesOn: LocalDate;
  readonly cycle: InvoiceCycle;
  readonly lines: readonly InvoiceLine[];
  readonly gross: Money;
  readonly creditApplied: Money;
  readonly total: Money;
  readonly creditBalanceAfter: Money;
}

export type InvoiceStatus = 'open' | 'paid' | 'overdue';

export interface Invoice {
  readonly invoiceNumber: string;
  readonly licenseId: string;
  readonly domain: string;
  readonly status: InvoiceStatus;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly cycle: InvoiceCycle;
  readonly lines: readonly InvoiceLine[];
  readonly gross: Money;
  readonly creditApplied: Money;
  readonly total: Money;
  readonly paid: Money;
  readonly open: Money;
}

/** A change of the seats that an invoice then charged, or of those before it. */
export interface ExplainedSeatChange {
  readonly changeId: string;
  readonly effectiveOn: LocalDate;
  readonly computation: ExplainedCreditComputation;
  readonly credit: Money;
  readonly explanation: string;
  readonly event: ExplainedEvent;
}

/** A planned change of plan that came into effect with the invoice. */
export interface ExplainedPlanChange {
  readonly fromPlanId: string;
  readonly toPlanId: string;
  readonly event: ExplainedEvent;
}

export interface ExplainedLine extends InvoiceLine {
  /** Days of the cycle that are charged. */
  readonly billedDays: number;
  readonly cycleDays: number;
  /** How the amount was computed, in figures. */
  readonly formula: string;
  readonly rounding: string;
  /** The amount in words, where the seats come from, and why the price is not the one before. */
  readonly explanation: string;
  /** Since the invoice before, in their order. */
  readonly seatChanges: readonly ExplainedSeatChange[];
  readonly planChange: ExplainedPlanChange | null;
  readonly event: ExplainedEvent;
}

/** A grant of credit that paid for a part of an invoice. */
export interface ExplainedCredit {
  readonly entryId: string;
  readonly kind: CreditKind;
  /** What this invoice used of it. */
  readonly used: Money;
  readonly granted: Money;
  /** What other entries had taken from it before. */
  readonly usedBefore: readonly CreditUse[];
  readonly effectiveAt: Instant;
  readonly changeId: string | null;
  readonly reason: string | null;
  readonly computation: ExplainedCreditComputation | null;
  readonly formula: string | null;
  readonly rounding: string | null;
  readonly explanation: string;
  readonly event: ExplainedEvent;
}

export interface ExplainedPayment {
  readonly amount: Money;
  readonly method: string;
  readonly reference: string;
  readonly effectiveAt: Instant;
  readonly explanation: string;
  readonly event: ExplainedEvent;
}

export interface ExplainedExtension {
  readonly days: number;
  readonly dueOnFrom: LocalDate;
  readonly dueOnTo: LocalDate;
  readonly reason: string;
  readonly explanation: string;
  readonly event: ExplainedEvent;
}

/** Why an invoice is what it is: every figure, down to the event that it comes from. */
export interface InvoiceExplanation {
  readonly issued: ExplainedEvent;
  readonly lines: readonly ExplainedLine[];
  /** The entry of the credit ledger by which credit was set against the invoice. */
  readonly appliedBy: string | null;
  /** Oldest grant first. */
  readonly credits: readonly ExplainedCredit[];
  readonly payments: readonly ExplainedPayment[];
  /** What moved the due date. */
  readonly extensions: readonly ExplainedExtension[];
  /** From the lines to what is open, a sentence for each step. */
  readonly summary: readonly string[];
}

export interface ExplainedInvoice extends Invoice {
  readonly explanation: InvoiceExplanation;
}

/** The next invoices of one currency that are issued in one month, added up. */
export interface NextInvoiceSummary {
  readonly currency: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly invoices: number;
  readonly gross: Money;
  readonly creditApplied: Money;
  readonly total: Money;
}

/** What is open of the invoices of one currency, by how long ago it was due. */
export interface InvoiceAging {
  readonly currency: string;
  readonly invoices: number;
  readonly open: Money;
  readonly buckets: readonly AgeBucket[];
}
