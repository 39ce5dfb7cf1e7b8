import type { Instant } from '#calendar';

/** A license that could not be rolled forward, and why. */
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

export type BillingRunEvent =
  | { readonly type: 'BillingRunStarted'; readonly data: BillingRun }
  /** What the request was answered, as the run was not over yet. */
  | { readonly type: 'BillingRunReported'; readonly data: BillingRun }
  | { readonly type: 'BillingRunFinished'; readonly data: BillingRun };

export interface BillingRunState {
  /** As it was recorded last; null before its start. */
  readonly run: BillingRun | null;
  /** What the request that started it was answered; null until it was. */
  readonly answered: BillingRun | null;
}

export const noRun: BillingRunState = { run: null, answered: null };

export function evolveBillingRun({ answered }: BillingRunState, { type, data }: BillingRunEvent): BillingRunState {
  return { run: data, answered: type === 'BillingRunStarted' ? null : (answered ?? data) };
}
