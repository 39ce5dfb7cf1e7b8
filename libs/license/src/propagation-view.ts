import { addHours, type Instant } from '#calendar';
import type { EntitlementChangeEvent } from './events.js';
import { propagationHours } from './propagation.js';

/** The propagation that an entitlement change opens, as it stands at that moment. */
export interface OpenedPropagation {
  readonly changeId: string;
  readonly licenseId: string;
  readonly kind: EntitlementChangeEvent['type'];
  readonly status: 'pending';
  readonly late: false;
  readonly requestedAt: Instant;
  readonly deadline: Instant;
  readonly propagatedAt: null;
  readonly attempts: 0;
  readonly lastError: null;
  /** The license's revision that the instance has to acknowledge. */
  readonly revision: number;
}

export function openedPropagation(
  licenseId: string,
  { type, data }: EntitlementChangeEvent,
  revision: number,
): OpenedPropagation {
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
    revision,
  };
}
