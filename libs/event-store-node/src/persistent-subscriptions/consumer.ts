import type { Delivery } from './delivery.js';
import { Latencies } from './latencies.js';

/** Why the node ends a consumer's call. */
export type DropReason = 'group-changed' | 'group-deleted' | 'stopping' | 'asked';

/** The call behind a consumer, as the group sees it. */
export interface ConsumerCall {
  /** Events that it takes before it has finished any of them. */
  readonly slots: number;
  readonly username: string;
  readonly connectionName: string;
  /** Its network address. */
  readonly from: string;
  send(delivery: Delivery): void;
  drop(reason: DropReason): void;
}

/** One consumer of a group, with what it has been given and has not finished. */
export class Consumer {
  readonly latencies: Latencies | undefined;
  private inFlight = 0;
  private total = 0;
  private measured = 0;

  constructor(
    /** Ascending in the order of connecting. */
    readonly number: number,
    readonly call: ConsumerCall,
    private readonly connectedAtMs: number,
    extraStatistics: boolean,
  ) {
    this.latencies = extraStatistics ? new Latencies() : undefined;
  }

  get isFree(): boolean {
    return this.inFlight < this.call.slots;
  }

  send(delivery: Delivery): void {
    this.inFlight += 1;
    this.total += 1;
    this.call.send(delivery);
  }

  finished(latencyMs: number): void {
    this.inFlight -= 1;
    this.latencies?.add(latencyMs);
  }

  /** What there is to know about it; the count starts anew with each look. */
  look(nowMs: number): ConsumerLook {
    const seconds = Math.max((nowMs - this.connectedAtMs) / 1000, 1);
    const sinceLastLook = this.total - this.measured;
    this.measured = this.total;
    return {
      call: this.call,
      inFlight: this.inFlight,
      freeSlots: this.call.slots - this.inFlight,
      total: this.total,
      sinceLastLook,
      perSecond: Math.round(this.total / seconds),
      latencies: this.latencies?.summary() ?? [],
    };
  }
}

export interface ConsumerLook {
  readonly call: Pick<ConsumerCall, 'username' | 'connectionName' | 'from'>;
  readonly inFlight: number;
  readonly freeSlots: number;
  readonly total: number;
  readonly sinceLastLook: number;
  readonly perSecond: number;
  readonly latencies: readonly (readonly [name: string, milliseconds: number])[];
}
