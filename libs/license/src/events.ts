import type { BillingInterval, Cycle, Instant, LocalDate } from '#calendar';
import type { KeptPerson } from './person.js';

/** Every event says when it counts, apart from when the store recorded it. */
interface Effective {
  /** Business time: for what falls due by itself its own moment, however late it was recorded. */
  readonly effectiveAt: Instant;
}

/** What changes the license's entitlement has an id of its own, under which its propagation is followed. */
interface EntitlementChange {
  readonly changeId: string;
}

/** An entry of the credit ledger that this event makes; `null` where the event moves no credit. */
export interface CreditMovement {
  /** `<CODE>-C0001`, gapless per license. */
  readonly entryNumber: string;
  /** Signed, minor units: positive adds to the balance. */
  readonly amountMinor: number;
  readonly balanceAfterMinor: number;
}

/** The figures from which the credit of a seat change was computed. */
export interface CreditComputation {
  readonly cycle: Cycle;
  readonly paidSeats: number;
  readonly unitPriceMinor: number;
  /** Days from the change (included) to the end of the cycle. */
  readonly remainingDays: number;
  readonly creditedSeatsBefore: number;
  readonly creditedSeatsAfter: number;
  readonly seatDaysBefore: number;
  readonly seatDaysAfter: number;
}

export interface InvoiceLine {
  readonly description: string;
  readonly planId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** Days of the cycle that are charged; fewer than the cycle's when a license comes back in the middle of one. */
  readonly billedDays: number;
  readonly amountMinor: number;
}

/** How much of which grant was used: oldest first by an invoice, newest first when seats take their credit back. */
export interface GrantUse {
  readonly entryNumber: string;
  readonly amountMinor: number;
}

export type StaffRole = 'agent' | 'admin';
export type Standing = 'active' | 'past_due' | 'expired';

interface SeatsMoved extends Effective, EntitlementChange {
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly computation: CreditComputation;
  readonly credit: CreditMovement | null;
  readonly creditBalanceMinor: number;
}

interface StaffMoved extends Effective {
  readonly staffId: string;
  readonly reason: string | null;
  /** Active staff after the event. */
  readonly activeStaff: number;
}

/** The events of a license stream, by type. What a policy decided is written down, so that a new one never rewrites it. */
export interface LicenseEventData {
  LicenseRegistered: Effective & {
    readonly licenseId: string;
    readonly domain: string;
    readonly billingEmail: string;
    readonly planId: string;
    readonly seats: number;
    readonly currency: string;
    readonly interval: BillingInterval;
    readonly timeZone: string;
    readonly startedOn: LocalDate;
    /** Cycles that begin before this date were paid elsewhere. */
    readonly paidThrough: LocalDate | null;
    readonly callbackUrl: string | null;
  };
  SeatsIncreased: SeatsMoved & {
    /** How many of the added seats take credit back that they earned when they were removed in this cycle. */
    readonly reinstatedSeats: number;
    readonly grantsUsed: readonly GrantUse[];
  };
  SeatsReduced: SeatsMoved & { readonly creditedSeats: number; readonly disabledStaff: readonly string[] };
  PlanChangeScheduled: Effective & {
    readonly fromPlanId: string;
    readonly toPlanId: string;
    readonly effectiveOn: LocalDate;
  };
  PlanChanged: Effective & EntitlementChange & { readonly fromPlanId: string; readonly toPlanId: string };
  StaffAdded: Effective & {
    readonly staffId: string;
    readonly person: KeptPerson;
    readonly role: StaffRole;
    readonly activeStaff: number;
  };
  StaffDisabled: StaffMoved;
  StaffEnabled: StaffMoved;
  StaffRemoved: StaffMoved;
  /** Whoever the staff were, nobody can tell any more: the key goes with it, and new staff are sealed under the next. */
  PersonalDataErased: Effective & {
    /** The newest key that is destroyed; those before it are already. */
    readonly key: number;
    /** How many staff members it erased. */
    readonly staff: number;
  };
  StaffCountReported: Effective & { readonly active: number; readonly seats: number; readonly locked: boolean };
  BillingDetailsChanged: Effective & {
    readonly billingEmail: string;
    readonly address: string | null;
    readonly paymentMethodToken: string | null;
  };
  InvoiceIssued: Effective & {
    readonly invoiceNumber: string;
    readonly issuedOn: LocalDate;
    readonly dueOn: LocalDate;
    readonly cycle: Cycle;
    readonly seats: number;
    readonly unitPriceMinor: number;
    readonly currency: string;
    readonly lines: readonly InvoiceLine[];
    readonly grossMinor: number;
    readonly creditAppliedMinor: number;
    readonly totalMinor: number;
    readonly grantsUsed: readonly GrantUse[];
    readonly credit: CreditMovement | null;
    readonly creditBalanceMinor: number;
  };
  InvoicePaid: Effective & {
    readonly invoiceNumber: string;
    readonly amountMinor: number;
    readonly currency: string;
    readonly method: string;
    readonly reference: string;
    /** What is still open after this payment. */
    readonly openMinor: number;
  };
  CreditGranted: Effective & { readonly currency: string; readonly reason: string; readonly credit: CreditMovement };
  LicensePastDue: Effective & EntitlementChange & { readonly invoiceNumber: string; readonly dueOn: LocalDate };
  LicenseExpired: Effective & EntitlementChange & { readonly invoiceNumber: string; readonly dueOn: LocalDate };
  LicenseExtended: Effective & {
    readonly invoiceNumber: string;
    readonly days: number;
    readonly reason: string;
    readonly dueOnFrom: LocalDate;
    readonly dueOnTo: LocalDate;
  };
  LicenseReactivated: Effective & EntitlementChange & { readonly from: Standing; readonly to: Standing };
  LicenseCancelled: Effective & EntitlementChange & { readonly reason: string | null; readonly endsOn: LocalDate };
}

export type LicenseEventType = keyof LicenseEventData;

/** An event of type `T`; without an argument, any license event. */
export type LicenseEvent<T extends LicenseEventType = LicenseEventType> = {
  readonly [K in T]: { readonly type: K; readonly data: LicenseEventData[K] };
}[T];

/** The events that change what the helpdesk instance is allowed, each followed until the instance has it. */
export const entitlementChanges = [
  'SeatsIncreased',
  'SeatsReduced',
  'PlanChanged',
  'LicensePastDue',
  'LicenseExpired',
  'LicenseReactivated',
  'LicenseCancelled',
] as const satisfies readonly LicenseEventType[];

export type EntitlementChangeEvent = LicenseEvent<(typeof entitlementChanges)[number]>;

export function changesEntitlement(event: LicenseEvent): event is EntitlementChangeEvent {
  return (entitlementChanges as readonly LicenseEventType[]).includes(event.type);
}
