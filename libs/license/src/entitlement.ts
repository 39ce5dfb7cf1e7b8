import type { Entitlement } from '#contracts';
import { startOfDay, type Instant } from '#calendar';
import { earliestExpiry } from './roll-forward.js';
import type { LicenseState } from './state.js';
import { statusOf } from './view.js';

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
