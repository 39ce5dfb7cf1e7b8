import type { Instant } from './values.js';

export type PropagationStatus = 'pending' | 'propagated' | 'overdue';

/** A change of the entitlement on its way to the helpdesk instance. */
export interface Propagation {
  readonly changeId: string;
  readonly licenseId: string;
  /** The type of the event that opened it, such as `SeatsReduced`. */
  readonly kind: string;
  readonly status: PropagationStatus;
  /** True when the instance acknowledged after the deadline. */
  readonly late: boolean;
  readonly requestedAt: Instant;
  readonly deadline: Instant;
  readonly propagatedAt: Instant | null;
  readonly attempts: number;
  readonly lastError: string | null;
  /** Whom to turn to about a change that is overdue; null otherwise. */
  readonly contact: string | null;
  /** The license's revision that the instance has to acknowledge. */
  readonly revision: number;
}
