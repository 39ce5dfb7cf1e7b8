import type { CreditKind, ExplainedCreditComputation } from './credit.js';
import type { AgeBucket, Instant, LocalDate, Money } from './values.js';

export interface InvoiceCycle {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly days: number;
}

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

/** Where a figure comes from: an event of the store. */
export interface EventReference {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

export interface ExplainedLine extends InvoiceLine {
  /** Days of the cycle that are charged. */
  readonly billedDays: number;
  readonly cycleDays: number;
  /** How the amount was computed, in words and figures. */
  readonly formula: string;
  readonly rounding: string;
  readonly event: EventReference;
}

/** A grant of credit that paid for a part of an invoice. */
export interface ExplainedCredit {
  readonly entryId: string;
  readonly kind: CreditKind;
  /** What this invoice used of it. */
  readonly used: Money;
  readonly granted: Money;
  readonly effectiveAt: Instant;
  readonly changeId: string | null;
  readonly reason: string | null;
  readonly computation: ExplainedCreditComputation | null;
  readonly formula: string | null;
  readonly rounding: string | null;
  readonly event: EventReference;
}

export interface ExplainedPayment {
  readonly amount: Money;
  readonly method: string;
  readonly reference: string;
  readonly effectiveAt: Instant;
  readonly event: EventReference;
}

/** Why an invoice is what it is: every figure, down to the event that it comes from. */
export interface InvoiceExplanation {
  readonly issued: EventReference & { readonly effectiveAt: Instant; readonly recordedAt: Instant };
  readonly lines: readonly ExplainedLine[];
  /** The entry of the credit ledger by which credit was set against the invoice. */
  readonly appliedBy: string | null;
  /** Oldest grant first. */
  readonly credits: readonly ExplainedCredit[];
  readonly payments: readonly ExplainedPayment[];
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
