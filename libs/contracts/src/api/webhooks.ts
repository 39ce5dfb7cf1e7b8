import type { PublicEventType } from '../events/index.js';
import type { Instant, List } from '../values.js';
import type { PageQuery } from './queries.js';

/** A web address of another service to which events are sent. */
export interface WebhookEndpoint {
  readonly webhookId: string;
  readonly url: string;
  /** Types of events that are sent; empty: all. */
  readonly types: readonly string[];
  readonly status: 'active' | 'disabled';
  /** Why nothing is sent, and behind which position nothing was left out. */
  readonly disabled: {
    readonly reason: string;
    readonly detail: string;
    readonly at: Instant;
    readonly after: string;
  } | null;
  readonly registeredAt: Instant;
  /** Until when messages are signed by the secret before as well. */
  readonly oldSecretUntil: Instant | null;
}

/** The secret is told when it is made, and not again. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  readonly secret: string;
}

/** One call and what it came to, as it is shown to the endpoint's owner. */
export interface DeliveryAttempt {
  readonly eventId: string;
  readonly eventType: string;
  readonly licenseId: string | null;
  readonly sequence: number | null;
  /** 1 for the first. */
  readonly attempt: number;
  readonly startedAt: Instant;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'failed';
  /** Of the answer; null when none came. */
  readonly status: number | null;
  readonly reason: string | null;
  /** The beginning of the answer's body. */
  readonly response: string | null;
}

export interface Delivery extends DeliveryAttempt {
  readonly deliveryId: string;
}

/** A license whose events wait behind one that could not be delivered. */
export interface WaitingDelivery {
  readonly licenseId: string;
  readonly sequence: number;
  readonly attempts: number;
  readonly firstFailedAt: Instant | null;
  readonly nextAttemptAt: Instant;
  readonly lastError: string | null;
}

export interface DeliveryList extends List<Delivery> {
  readonly waiting: { readonly count: number; readonly items: readonly WaitingDelivery[] };
}

export interface RegisterWebhookRequest {
  readonly url: string;
  /** The types of events to send. None, or an empty list: all, also those that are added later. */
  readonly types?: readonly PublicEventType[];
}

/** What is left out stays as it is. */
export interface ChangeWebhookRequest {
  readonly url?: string;
  /** An empty list: all. Holds from the next event that is sent. */
  readonly types?: readonly PublicEventType[];
}

export interface RotateSecretRequest {
  /** How long messages carry signatures by both secrets, in hours from 0 to 168. */
  readonly overlapHours?: number;
}

export interface ReplayWebhookRequest {
  /** A `Ledger-Position`, or the `position` of an event: what stands after it is sent again. `start`: everything. */
  readonly after: string;
}

export interface ListWebhooksQuery extends PageQuery {
  readonly status?: 'active' | 'disabled';
}

export interface ListDeliveriesQuery extends PageQuery {
  readonly outcome?: 'delivered' | 'failed';
}
