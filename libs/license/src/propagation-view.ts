import { addHours } from '#calendar';
import type { Propagation } from '#contracts';
import type { EntitlementChangeEvent } from './events.js';
import { propagationHours } from './propagation.js';

/** The propagation that an entitlement change opens, as it stands at that moment. */
export function openedPropagation(
  licenseId: string,
  { type, data }: EntitlementChangeEvent,
  revision: number,
): Propagation {
  return {
    changeId: data.changeId,
    licenseId,
    kind: type,
    status: 'pending',
    late: false,
    requestedAt: data.effectiveAt,
    deadline: addHours(data.effectiveAt, propagationHours),
    propagatedAt: null,
    attempts: 0,
    lastError: null,
    contact: null,
    revision,
  };
}
