import type { LocalDate, Money } from './values.js';

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
