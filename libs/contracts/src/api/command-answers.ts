import type { NextInvoice } from '../invoice.js';
import type { LicenseStatus } from '../license.js';
import type { Propagation } from '../propagation.js';
import type { Instant, LocalDate } from '../values.js';

/** A plan that was chosen for the next cycle. */
export interface PlanChange {
  readonly licenseId: string;
  readonly fromPlanId: string;
  readonly toPlanId: string;
  /** The first day of the cycle that is on the new plan. */
  readonly effectiveOn: LocalDate;
  readonly effectiveAt: Instant;
  readonly nextInvoice: NextInvoice | null;
  readonly revision: number;
}

export interface Cancellation {
  readonly licenseId: string;
  readonly changeId: string;
  /** The license works up to, not including, this day. */
  readonly endsOn: LocalDate;
  readonly effectiveAt: Instant;
  readonly propagation: Propagation;
  readonly revision: number;
}

export interface BillingDetails {
  readonly licenseId: string;
  readonly billingEmail: string;
  readonly address: string | null;
  readonly paymentMethodToken: string | null;
  readonly revision: number;
}

/** The staff of a license, forgotten. */
export interface PersonalDataErasure {
  readonly licenseId: string;
  /** How many staff members this request erased, the removed ones included. */
  readonly erasedStaff: number;
  /** `null` when there never was anything to erase. */
  readonly personalDataErasedAt: Instant | null;
  readonly revision: number;
}

/** What a helpdesk instance is allowed. */
export interface Entitlement {
  readonly domain: string;
  readonly seats: number;
  readonly planId: string;
  readonly status: LicenseStatus;
  /** The moment from which the instance is allowed nothing, unless it hears otherwise. */
  readonly validUntil: Instant;
  /** The license stream's revision: of two entitlements the one with the higher revision holds. */
  readonly revision: number;
}

export interface SignedEntitlement extends Entitlement {
  /** Compact JWS (EdDSA) whose payload is the rest as JSON; its key is at `/.well-known/jwks.json`. */
  readonly jws: string;
}

/** The entitlement that an instance has acknowledged. */
export interface Acknowledgement {
  readonly domain: string;
  readonly revision: number;
  readonly seats: number;
}
