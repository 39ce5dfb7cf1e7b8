import type { InvoiceLine } from '../invoice.js';
import type { HelpdeskAccess, LicenseStatus, StaffRole } from '../license.js';
import type { BillingInterval, Instant, InvoiceCycle, LocalDate, Money } from '../values.js';

/** The data of every event says by itself what it is about: the `subject` and `time` of its envelope. */
export interface AboutLicense {
  readonly licenseId: string;
  readonly effectiveAt: Instant;
}

/** A change of the entitlement: `changeId` is what its propagation is followed by. */
interface ChangesEntitlement extends AboutLicense {
  readonly changeId: string;
}

/** How an event moved the license's credit balance. */
interface MovesCredit {
  /** Signed: positive adds to the balance. */
  readonly credit: Money;
  readonly creditBalance: Money;
  /** The entry of the credit ledger; null when the balance stayed as it was. */
  readonly creditEntryId: string | null;
}

export interface LicenseRegisteredData extends AboutLicense {
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
}

export interface SeatsIncreasedData extends ChangesEntitlement, MovesCredit {
  readonly from: number;
  readonly to: number;
  /** How many of the added seats take credit back that they earned when they were removed in this cycle. */
  readonly reinstatedSeats: number;
}

export interface SeatsReducedData extends ChangesEntitlement, MovesCredit {
  readonly from: number;
  readonly to: number;
  readonly creditedSeats: number;
  /** Ids of the staff that the change disabled. */
  readonly disabledStaff: readonly string[];
}

export interface PlanChangeScheduledData extends AboutLicense {
  readonly fromPlanId: string;
  readonly toPlanId: string;
  readonly effectiveOn: LocalDate;
}

export interface PlanChangedData extends ChangesEntitlement {
  readonly fromPlanId: string;
  readonly toPlanId: string;
}

/** Of staff, only an id is told: no name, and no address, also where a caller used one as the id. */
export interface StaffAddedData extends AboutLicense {
  readonly staffId: string;
  readonly role: StaffRole;
  /** Active staff after the event. */
  readonly activeStaff: number;
}

/** A staff member was disabled, enabled or removed. */
export interface StaffMovedData extends AboutLicense {
  readonly staffId: string;
  /** Active staff after the event. */
  readonly activeStaff: number;
}

/** Who the staff were is known no more: whoever keeps a copy of it erases it, too. */
export interface PersonalDataErasedData extends AboutLicense {
  /** How many staff members it erased. */
  readonly staff: number;
}

export interface StaffCountReportedData extends AboutLicense {
  /** Active staff, as the instance counts them. */
  readonly active: number;
  readonly seats: number;
  /** `locked` while the instance reports more active staff than it has seats. */
  readonly access: HelpdeskAccess['access'];
}

export interface BillingDetailsChangedData extends AboutLicense {
  readonly billingEmail: string;
}

export interface InvoiceIssuedData extends AboutLicense {
  readonly invoiceNumber: string;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly cycle: InvoiceCycle;
  readonly lines: readonly InvoiceLine[];
  readonly gross: Money;
  readonly creditApplied: Money;
  readonly total: Money;
  readonly creditBalance: Money;
  /** The entry of the credit ledger by which credit was applied; null when there was none to apply. */
  readonly creditEntryId: string | null;
}

export interface InvoicePaidData extends AboutLicense {
  readonly invoiceNumber: string;
  readonly amount: Money;
  readonly method: string;
  readonly reference: string;
  /** What is still open after this payment. */
  readonly open: Money;
}

/** A goodwill credit. */
export interface CreditGrantedData extends AboutLicense {
  readonly creditEntryId: string;
  readonly credit: Money;
  readonly creditBalance: Money;
}

/** An invoice was not paid in time: the license is past due, or has expired. */
export interface InvoiceUnpaidData extends ChangesEntitlement {
  readonly invoiceNumber: string;
  readonly dueOn: LocalDate;
}

export interface LicenseExtendedData extends AboutLicense {
  readonly invoiceNumber: string;
  readonly days: number;
  readonly dueOnFrom: LocalDate;
  readonly dueOnTo: LocalDate;
}

export interface LicenseReactivatedData extends ChangesEntitlement {
  readonly from: Exclude<LicenseStatus, 'cancelled'>;
  readonly to: Exclude<LicenseStatus, 'cancelled'>;
}

export interface LicenseCancelledData extends ChangesEntitlement {
  /** The first date on which the license is no more. */
  readonly endsOn: LocalDate;
}

/** The data of each public event, by type. A breaking change of one is a new type with the next version. */
export interface PublicEventData {
  readonly 'io.seat-ledger.license-registered.v1': LicenseRegisteredData;
  readonly 'io.seat-ledger.seats-increased.v1': SeatsIncreasedData;
  readonly 'io.seat-ledger.seats-reduced.v1': SeatsReducedData;
  readonly 'io.seat-ledger.plan-change-scheduled.v1': PlanChangeScheduledData;
  readonly 'io.seat-ledger.plan-changed.v1': PlanChangedData;
  readonly 'io.seat-ledger.staff-added.v1': StaffAddedData;
  readonly 'io.seat-ledger.staff-disabled.v1': StaffMovedData;
  readonly 'io.seat-ledger.staff-enabled.v1': StaffMovedData;
  readonly 'io.seat-ledger.staff-removed.v1': StaffMovedData;
  readonly 'io.seat-ledger.personal-data-erased.v1': PersonalDataErasedData;
  readonly 'io.seat-ledger.staff-count-reported.v1': StaffCountReportedData;
  readonly 'io.seat-ledger.billing-details-changed.v1': BillingDetailsChangedData;
  readonly 'io.seat-ledger.invoice-issued.v1': InvoiceIssuedData;
  readonly 'io.seat-ledger.invoice-paid.v1': InvoicePaidData;
  readonly 'io.seat-ledger.credit-granted.v1': CreditGrantedData;
  readonly 'io.seat-ledger.license-past-due.v1': InvoiceUnpaidData;
  readonly 'io.seat-ledger.license-expired.v1': InvoiceUnpaidData;
  readonly 'io.seat-ledger.license-extended.v1': LicenseExtendedData;
  readonly 'io.seat-ledger.license-reactivated.v1': LicenseReactivatedData;
  readonly 'io.seat-ledger.license-cancelled.v1': LicenseCancelledData;
}
