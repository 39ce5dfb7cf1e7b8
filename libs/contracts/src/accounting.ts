import type { Instant, List, Money } from './values.js';

/** The accounts of the journal, in the order in which a trial balance lists them. */
export const ACCOUNTS = ['cash', 'receivable', 'customer-credit', 'revenue', 'goodwill-expense'] as const;

/** Assets have debit balances, customer credit and revenue credit balances. */
export type Account = (typeof ACCOUNTS)[number];

/** `2026-06`: a calendar month in UTC. Compares as text. */
export type Month = string;

/** What happened that had to be booked. */
export type EntryKind =
  | 'invoice'
  | 'payment'
  /** An invoice that another system was paid for: recorded as paid when it was issued. */
  | 'paid-elsewhere'
  | 'seat-credit'
  | 'seat-credit-reversal'
  | 'goodwill';

/** What one event put into the books: the debits of its lines are its credits. */
export interface JournalEntry {
  readonly licenseId: string;
  readonly kind: EntryKind;
  /** The invoice or the entry of the credit ledger that it is about. */
  readonly document: string;
  /** The month in whose books it stands. */
  readonly month: Month;
  /** The month that it belongs to by its effective time, when that had been closed before it was recorded. */
  readonly lateFrom: Month | null;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
  /** Debits first. */
  readonly lines: readonly JournalLine[];
  /** Where its event stands in the log: what `position` of the trial balance takes. */
  readonly position: string;
  readonly event: { readonly id: string; readonly stream: string; readonly revision: number };
}

export interface JournalLine {
  readonly account: Account;
  /** One of the two is zero. */
  readonly debit: Money;
  readonly credit: Money;
}

/** What an account moved by, and where that left it. A balance is debits less credits, so a credit balance is negative. */
export interface AccountBalance {
  readonly currency: string;
  readonly account: Account;
  readonly opening: Money;
  readonly debit: Money;
  readonly credit: Money;
  /** Opening and debit less credit. */
  readonly balance: Money;
}

/** All accounts of one currency together; the balance is zero, or the books are wrong. */
export type CurrencyTotal = Omit<AccountBalance, 'account'>;

export interface AccountBalances {
  readonly items: readonly AccountBalance[];
  readonly totals: readonly CurrencyTotal[];
}

/** How many streams wait with events that could not be projected: what they say is missing in the figures. */
interface Completeness {
  readonly parkedStreams: number;
}

export interface TrialBalance extends AccountBalances, Completeness {}

/** A month of the books. What is closed never changes: what comes late is booked into the first month that is open. */
export interface AccountingPeriod {
  readonly month: Month;
  readonly status: 'open' | 'closed';
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
  /** What closed it. The first closing closes every month before its own as well. */
  readonly event: { readonly id: string; readonly stream: string; readonly revision: number } | null;
}

export interface AccountingPeriodWithFigures extends AccountingPeriod {
  readonly figures: AccountBalances;
}

export interface AccountingPeriods extends List<AccountingPeriodWithFigures>, Completeness {}
