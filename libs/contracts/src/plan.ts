import type { BillingInterval } from './values.js';

export interface Plan {
  readonly planId: string;
  readonly name: string;
  readonly prices: readonly PlanPrice[];
}

/** The price of one seat for one interval. */
export interface PlanPrice {
  readonly currency: string;
  readonly interval: BillingInterval;
  /** Minor units. */
  readonly amount: number;
}
