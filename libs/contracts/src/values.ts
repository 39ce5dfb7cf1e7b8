/** Integer minor units: `{ amount: 7600, currency: 'USD' }` is 76.00 US dollars. A credit taken back is negative. */
export interface Money {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** `YYYY-MM-DD` in the license's time zone. */
export type LocalDate = string;

/** RFC 3339 in UTC, such as `2026-06-11T09:30:00.000Z`. */
export type Instant = string;

export type BillingInterval = 'month' | 'year';

/** The cycle that an invoice charges: from `startsOn` up to, not including, `endsOn`. */
export interface InvoiceCycle {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly days: number;
}

/** Who asked for something; `time`, of the role `system`, for what fell due by itself. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** Where a figure comes from: an event of the store. */
export interface EventReference {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

/** The same with who asked for it, and its times. */
export interface ExplainedEvent extends EventReference {
  readonly actor: Actor;
  /** When it took effect. */
  readonly effectiveAt: Instant;
  /** When the store recorded it. */
  readonly recordedAt: Instant;
}

/** One page; `nextCursor` is null on the last one. */
export interface List<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A span of age in days, both ends included; `toDays` is null for the oldest. */
export interface AgeBucket {
  /** `not-due`, or the span: `1-30`. */
  readonly name: string;
  readonly fromDays: number | null;
  readonly toDays: number | null;
  readonly count: number;
  readonly amount: Money;
}
