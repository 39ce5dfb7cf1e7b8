import type { BillingRun } from '#contracts';

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
