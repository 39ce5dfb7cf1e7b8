import type { Instant } from '#calendar';
import type { DueKind } from '../due/due-work.js';
import type { ListedState } from '../queues/job-queues.js';

/** How many jobs of a kind are in which state. */
export interface QueueView extends Readonly<Record<ListedState, number>> {
  readonly kind: DueKind;
}

/** One job, as operators see it. */
export interface JobView {
  readonly jobId: string;
  readonly kind: DueKind;
  readonly state: ListedState;
  readonly licenseId: string;
  /** The change that it is about, if it is about one. */
  readonly changeId: string | null;
  readonly dueAt: Instant;
  readonly queuedAt: Instant;
  /** When it is tried next; null unless it is delayed. */
  readonly nextAt: Instant | null;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason: string | null;
}
