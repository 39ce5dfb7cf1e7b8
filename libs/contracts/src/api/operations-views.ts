import type { Instant } from '../values.js';

export type JobKind = 'renewal' | 'deadline' | 'push';
export type JobState = 'waiting' | 'active' | 'delayed' | 'failed';

/** How many jobs of a kind are in each state. */
export interface QueueView extends Readonly<Record<JobState, number>> {
  readonly kind: JobKind;
}

/** One job, as operators see it. */
export interface JobView {
  readonly jobId: string;
  readonly kind: JobKind;
  readonly state: JobState;
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

/** A license that could not be rolled forward. */
export interface RenewalFailure {
  readonly licenseId: string;
  readonly dueAt: Instant;
  readonly reason: string;
}

/** How far a billing run has come. */
export interface BillingRun {
  readonly runId: string;
  readonly status: 'running' | 'finished';
  /** Everything that is due at this moment. */
  readonly until: Instant;
  readonly finishedAt: Instant | null;
  /** Licenses that were due when the run began. */
  readonly due: number;
  readonly done: number;
  /** Licenses that could not be rolled forward, and are tried again later. */
  readonly failed: number;
  /** The first hundred of them. */
  readonly failures: readonly RenewalFailure[];
}
