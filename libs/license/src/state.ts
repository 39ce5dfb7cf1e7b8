import type { BillingInterval, Cycle, Instant, LocalDate } from '#calendar';
import type { StaffRole, Standing } from './events.js';
import type { KeptPerson } from './person.js';

export interface StaffMember {
  /** `null` when it was erased. */
  readonly person: KeptPerson | null;
  readonly role: StaffRole;
  readonly status: 'active' | 'disabled' | 'removed';
}

/** An invoice that is not fully paid. */
export interface OpenInvoice {
  readonly invoiceNumber: string;
  readonly openMinor: number;
  readonly dueOn: LocalDate;
  readonly extended: boolean;
}

/** What is left of one grant of credit. Kept oldest first. */
export interface CreditGrant {
  readonly entryNumber: string;
  readonly kind: 'seats' | 'goodwill';
  readonly remainingMinor: number;
}

/**
 * What the current cycle's invoice charged for, and what was credited of it since. A cycle that passes while the
 * license is expired has none.
 */
export interface PaidCycle {
  readonly cycle: Cycle;
  readonly paidSeats: number;
  readonly unitPriceMinor: number;
  readonly seatDays: number;
}

/** What a license's events come to. Plain data: it is stored, compared and sent between processes as JSON. */
export interface LicenseState {
  readonly licenseId: string;
  readonly domain: string;
  readonly billingEmail: string;
  readonly address: string | null;
  readonly paymentMethodToken: string | null;
  readonly callbackUrl: string | null;
  readonly currency: string;
  readonly interval: BillingInterval;
  readonly timeZone: string;
  readonly startedOn: LocalDate;
  readonly paidThrough: LocalDate | null;
  readonly planId: string;
  readonly plannedChange: { readonly planId: string; readonly effectiveOn: LocalDate } | null;
  readonly seats: number;
  readonly paid: PaidCycle | null;
  readonly standing: Standing;
  readonly cancellation: { readonly endsOn: LocalDate } | null;
  readonly staff: Readonly<Record<string, StaffMember>>;
  readonly activeStaff: number;
  /** Under which key persons are sealed now; each erasure begins the next. */
  readonly personalDataKey: number;
  readonly personalDataErasedAt: Instant | null;
  /** The active staff that the instance last reported, and by how many the staff commands have moved it since. */
  readonly reported: { readonly active: number; readonly movedSince: number } | null;
  readonly creditBalanceMinor: number;
  readonly grants: readonly CreditGrant[];
  readonly openInvoices: readonly OpenInvoice[];
  /** How many invoices were issued, credit entries made and entitlement changes opened: the next ordinal is one more. */
  readonly invoices: number;
  readonly creditEntries: number;
  readonly changes: number;
  /** The latest `effectiveAt`: a license's business time never goes back. */
  readonly effectiveAt: Instant;
}

/** `null` before the registration. */
export type LicenseHistory = LicenseState | null;
