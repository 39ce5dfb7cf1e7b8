import { addHours, type Instant } from '#calendar';
import { changesEntitlement, type EntitlementChangeEvent, type LicenseEvent } from './events.js';

/** How long a change may take to reach the instance. */
export const propagationHours = 24;

/** A change of entitlement on its way to the helpdesk instance. */
export interface EntitlementChange {
  readonly changeId: string;
  readonly licenseId: string;
  /** The type of the event that made the change. */
  readonly kind: EntitlementChangeEvent['type'];
  /** The revision of that event: an acknowledgement of this or a later one settles the change. */
  readonly revision: number;
  readonly requestedAt: Instant;
  readonly deadline: Instant;
}

/** The change that a license event made, or `null` when it leaves the entitlement as it is. */
export function entitlementChange(licenseId: string, event: LicenseEvent, revision: number): EntitlementChange | null {
  if (!changesEntitlement(event)) return null;
  const { changeId, effectiveAt } = event.data;
  return {
    changeId,
    licenseId,
    kind: event.type,
    revision,
    requestedAt: effectiveAt,
    deadline: addHours(effectiveAt, propagationHours),
  };
}

/** The events of a change's stream, `propagation-<changeId>`. */
export type PropagationEvent =
  | { readonly type: 'ChangePropagated'; readonly data: ChangePropagated }
  | { readonly type: 'ChangePropagationOverdue'; readonly data: ChangePropagationOverdue };

export interface ChangePropagated {
  readonly effectiveAt: Instant;
  readonly changeId: string;
  readonly licenseId: string;
  /** The revision and the seats that the instance acknowledged. */
  readonly acknowledgedRevision: number;
  readonly seats: number;
  readonly late: boolean;
}

export interface ChangePropagationOverdue {
  readonly effectiveAt: Instant;
  readonly changeId: string;
  readonly licenseId: string;
  readonly deadline: Instant;
  /** Whom to turn to. */
  readonly contact: string;
}

export type PropagationStatus = 'pending' | 'overdue' | 'propagated';

export const propagationStreamPrefix = 'propagation-';

export function propagationStream(changeId: string): string {
  return propagationStreamPrefix + changeId;
}

export function evolvePropagation(_: PropagationStatus, event: PropagationEvent): PropagationStatus {
  return event.type === 'ChangePropagated' ? 'propagated' : 'overdue';
}

/**
 * The instance has the entitlement of `acknowledgedRevision`, which is this change's or a later one. When the deadline
 * has passed, that is recorded first, whether or not anybody has noticed; the change is propagated all the same, late.
 * A second acknowledgement changes nothing.
 */
export function settleChange(
  change: EntitlementChange,
  status: PropagationStatus,
  acknowledged: { readonly revision: number; readonly seats: number },
  contact: string,
  now: Instant,
): PropagationEvent[] {
  if (status === 'propagated' || acknowledged.revision < change.revision) return [];
  const { changeId, licenseId, deadline } = change;
  const { revision: acknowledgedRevision, seats } = acknowledged;
  const data = { effectiveAt: now, changeId, licenseId, acknowledgedRevision, seats, late: now >= deadline };
  return [...missDeadline(change, status, contact, now), { type: 'ChangePropagated', data }];
}

/** The deadline has passed. Recorded with the deadline as its time, however late it is noticed. */
export function missDeadline(
  change: EntitlementChange,
  status: PropagationStatus,
  contact: string,
  now: Instant,
): PropagationEvent[] {
  const { changeId, licenseId, deadline } = change;
  if (status !== 'pending' || now < deadline) return [];
  return [
    { type: 'ChangePropagationOverdue', data: { effectiveAt: deadline, changeId, licenseId, deadline, contact } },
  ];
}
