import { startOfDay, type Instant } from '#calendar';
import type { LicenseStatus } from '#contracts';
import { earliestExpiry } from './roll-forward.js';
import type { LicenseState } from './state.js';
import { statusOf } from './view.js';

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

/** The entitlement of a license at a revision of its stream. */
export function entitlementOf(state: LicenseState, revision: number): Entitlement {
  const { domain, seats, planId } = state;
  return { domain, seats, planId, status: statusOf(state), validUntil: validUntil(state), revision };
}

/** When the license would expire if nobody paid any more, or ends because it was cancelled. */
function validUntil(state: LicenseState): Instant {
  const expiry = earliestExpiry(state);
  if (state.cancellation === null) return expiry;
  const end = startOfDay(state.cancellation.endsOn, state.timeZone);
  return state.openInvoices.length > 0 && expiry < end ? expiry : end;
}
