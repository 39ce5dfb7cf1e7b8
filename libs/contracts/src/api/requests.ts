import type { BillingInterval, Instant, LocalDate } from '../values.js';
import type { StaffRole } from '../license.js';

/** An amount in minor units. */
export interface AmountRequest {
  readonly amount: number;
  /** Default: the license's. */
  readonly currency?: string;
}

export interface RegisterLicenseRequest {
  /** The helpdesk instance that the license is for. It has one license, ever. */
  readonly domain: string;
  /** Who is billed, and whose tokens see the license. */
  readonly billingEmail: string;
  readonly planId: string;
  readonly seats: number;
  /** The one currency of everything that this license is billed. */
  readonly currency: string;
  readonly interval: BillingInterval;
  /** The days of this license are those of this time zone. Default: UTC. */
  readonly timeZone?: string;
  /** The first day of cycle 0. Default: the license's today. In the past for a customer who is moved in. */
  readonly startedOn?: LocalDate;
  /** Cycles that begin before this day were paid elsewhere. */
  readonly paidThrough?: LocalDate;
  /** Where the instance takes its entitlement. */
  readonly callbackUrl?: string;
}

export interface QuoteChangeRequest {
  readonly seats?: number;
  /** The plan from the next cycle on. */
  readonly planId?: string;
  readonly disableStaff?: readonly string[];
}

export interface ChangeSeatsRequest {
  /** How many seats the license is to have. */
  readonly seats: number;
  /** The plan from the next cycle on. */
  readonly planId?: string;
  /** With a reduction: the staff to disable with it, all or nothing. */
  readonly disableStaff?: readonly string[];
  /** The token of a quote: the change is made only while the quote's figures hold. */
  readonly quoteToken?: string;
}

export interface ChangePlanRequest {
  /** The plan from the next cycle on. The present one takes back a change that was planned. */
  readonly planId: string;
}

export interface AddStaffRequest {
  /** The instance's own id of the account. Default: one is made. */
  readonly staffId?: string;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
}

export interface MoveStaffRequest {
  readonly reason?: string;
}

export interface CancelLicenseRequest {
  readonly reason?: string;
}

export interface ExtendDueDateRequest {
  readonly days: number;
  readonly reason: string;
  /** Default: the unpaid invoice that is due first. */
  readonly invoiceNumber?: string;
}

export interface ChangeBillingDetailsRequest {
  /** Who is billed. The license is the new owner's from here on. */
  readonly billingEmail?: string;
  readonly address?: string;
  /** A payment provider's token, never a card number. */
  readonly paymentMethodToken?: string;
}

export interface PlanPriceRequest {
  readonly currency: string;
  readonly interval: BillingInterval;
  /** Of one seat for one interval, in minor units. */
  readonly amount: number;
}

export interface DefinePlanRequest {
  readonly name: string;
  /** All prices of the plan; one for each currency and interval. */
  readonly prices: readonly PlanPriceRequest[];
}

export interface RecordPaymentRequest {
  readonly amount: AmountRequest;
  readonly method: string;
  /** By which the payment is found again where it was made. */
  readonly reference: string;
}

export interface GrantCreditRequest {
  readonly amount: AmountRequest;
  readonly reason: string;
}

export interface ReportStaffCountRequest {
  /** How many staff members are active on the instance. */
  readonly active: number;
}

export interface AcknowledgementRequest {
  /** The revision of the entitlement that the instance has applied. */
  readonly revision: number;
  /** The seats that it allows now. */
  readonly seats: number;
}

export interface MoveTestClockRequest {
  /** Where the clock is to stand; not before where it stands now. */
  readonly now: Instant;
}
