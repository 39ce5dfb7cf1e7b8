import { well, type Behaviour } from './behaviour.js';

/** What an instance is allowed, as the ledger says it. */
export interface Entitlement {
  readonly domain: string;
  readonly seats: number;
  readonly planId: string;
  readonly status: string;
  readonly validUntil: string;
  readonly revision: number;
}

export interface Acknowledgement {
  readonly revision: number;
  readonly seats: number;
}

/** What an instance keeps. */
export interface InstanceState {
  readonly entitlement: Entitlement | null;
  readonly activeStaff: number;
  readonly behaviour: Behaviour;
  /** The revisions that were pushed to it, the newest last: the last thousand. */
  readonly received: readonly number[];
}

export const newInstance: InstanceState = { entitlement: null, activeStaff: 0, behaviour: well, received: [] };
