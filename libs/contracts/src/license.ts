import type { BillingInterval, Instant, LocalDate, Money } from './values.js';
import type { NextInvoice } from './invoice.js';
import type { Problem } from './problem.js';
import type { Propagation } from './propagation.js';

export type LicenseStatus = 'active' | 'past_due' | 'expired' | 'cancelled';

export interface License {
  readonly licenseId: string;
  readonly domain: string;
  readonly billingEmail: string;
  readonly status: LicenseStatus;
  readonly planId: string;
  readonly plannedChange: { readonly planId: string; readonly effectiveOn: LocalDate } | null;
  readonly interval: BillingInterval;
  readonly currency: string;
  readonly timeZone: string;
  readonly startedOn: LocalDate;
  /** When a cancelled license ends; the first date on which it is no more. */
  readonly endsOn: LocalDate | null;
  readonly seats: number;
  readonly paidSeats: number;
  readonly activeStaff: number;
  /** When it was last forgotten who the staff are; `null` when it never was. */
  readonly personalDataErasedAt: Instant | null;
  readonly cycle: Cycle;
  readonly creditBalance: Money;
  readonly helpdesk: HelpdeskAccess;
  readonly propagation: { readonly pending: number; readonly overdue: number };
  readonly revision: number;
}

/** One billing period, from `startsOn` up to, not including, `endsOn`. */
export interface Cycle {
  readonly index: number;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly days: number;
}

export interface HelpdeskAccess {
  readonly access: 'accessible' | 'locked';
  readonly message: string | null;
}

export interface SeatChange {
  readonly changeId: string;
  readonly licenseId: string;
  readonly from: number;
  readonly to: number;
  readonly reinstatedSeats: number;
  readonly creditedSeats: number;
  readonly credit: Money;
  readonly creditBalance: Money;
  /** Ids of the staff that the change disabled. */
  readonly disabledStaff: readonly string[];
  readonly effectiveAt: Instant;
  readonly nextInvoice: NextInvoice | null;
  readonly propagation: Propagation;
  readonly revision: number;
}

/** What a change would come to; nothing is written. */
export interface Quote {
  readonly from: number;
  readonly to: number;
  readonly credit: Money;
  readonly creditBalance: Money;
  /** What is charged at once. */
  readonly today: Money;
  /** `null` when no invoice will follow: an expired or cancelled license. */
  readonly nextInvoice: NextInvoice | null;
  readonly allowed: boolean;
  /** Why it is not allowed. */
  readonly problem: Problem | null;
  readonly quoteToken: string;
}

export type StaffRole = 'agent' | 'admin';
export type StaffStatus = 'active' | 'disabled' | 'removed';

export interface Staff {
  readonly staffId: string;
  readonly licenseId: string;
  /** `null` once the license's personal data was erased; the name is `erased` then. */
  readonly email: string | null;
  readonly name: string;
  readonly role: StaffRole;
  readonly status: StaffStatus;
}
