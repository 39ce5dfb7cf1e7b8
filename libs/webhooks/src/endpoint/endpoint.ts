import type { Instant } from '#calendar';
import type { Aggregate } from '#event-store';
import { webhookStreamPrefix } from '#read-model';

/** Why nothing is sent any more. */
export type DisabledReason = 'failing' | 'gone';

/** The events of a stream `webhook-<id>`. Positions are those of the log, as `formatPosition` writes them. */
export type WebhookEvent =
  | { type: 'WebhookRegistered'; data: { owner: string; url: string; types: string[]; after: string; at: Instant } }
  | { type: 'WebhookChanged'; data: { url: string; types: string[]; at: Instant } }
  | { type: 'WebhookSecretRotated'; data: { version: number; oldUntil: Instant; at: Instant } }
  | { type: 'WebhookDisabled'; data: { reason: DisabledReason; detail: string; after: string; at: Instant } }
  | { type: 'WebhookEnabled'; data: { at: Instant } }
  | { type: 'WebhookReplayed'; data: { after: string; at: Instant } }
  | { type: 'WebhookCheckpointed'; data: { after: string; era: number; at: Instant } }
  | { type: 'WebhookDeleted'; data: { at: Instant } };

export interface Endpoint {
  /** The subject of the token that registered it. */
  readonly owner: string;
  readonly url: string;
  /** Types of events that are sent; none stands for all. */
  readonly types: readonly string[];
  readonly status: 'active' | 'disabled' | 'deleted';
  readonly disabled: { readonly reason: DisabledReason; readonly detail: string; readonly at: Instant } | null;
  readonly secretVersion: number;
  /** Until when messages carry a signature by the secret before as well; null when it was never rotated. */
  readonly oldSecretUntil: Instant | null;
  /** Everything up to here is known to be delivered: from where to go on when the state of delivery was lost. */
  readonly after: string;
  /** Counts how often delivery was begun anew, by enabling or by a replay. */
  readonly era: number;
  /** The era in which it was last set to a position. */
  readonly replayEra: number;
  readonly registeredAt: Instant;
}

export const webhookStream = (endpointId: string): string => webhookStreamPrefix + endpointId;

type Evolve = (endpoint: Endpoint, event: WebhookEvent) => Endpoint;

/** Null while nothing is registered. */
export const endpointAggregate: Aggregate<Endpoint | null, WebhookEvent> = {
  initial: null,
  evolve: (endpoint, event) => {
    if (event.type === 'WebhookRegistered') return registered(event.data);
    return endpoint && evolveRegistered(endpoint, event);
  },
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ type, version, data }) => {
      if (version !== 1) throw new Error(`${type} version ${version} is not known; this program reads version 1`);
      return { type, data } as WebhookEvent;
    },
  },
};

function registered(data: Extract<WebhookEvent, { type: 'WebhookRegistered' }>['data']): Endpoint {
  const { owner, url, types, after, at } = data;
  const begun = {
    status: 'active',
    disabled: null,
    secretVersion: 1,
    oldSecretUntil: null,
    era: 1,
    replayEra: 1,
  } as const;
  return { ...begun, owner, url, types, after, registeredAt: at };
}

const evolveRegistered: Evolve = (endpoint, event) => {
  switch (event.type) {
    case 'WebhookRegistered':
      return endpoint;
    case 'WebhookChanged':
      return { ...endpoint, url: event.data.url, types: event.data.types };
    case 'WebhookSecretRotated':
      return { ...endpoint, secretVersion: event.data.version, oldSecretUntil: event.data.oldUntil };
    case 'WebhookDisabled': {
      const { reason, detail, after, at } = event.data;
      return { ...endpoint, status: 'disabled', disabled: { reason, detail, at }, after };
    }
    case 'WebhookEnabled':
      return { ...endpoint, status: 'active', disabled: null, era: endpoint.era + 1 };
    case 'WebhookReplayed': {
      const era = endpoint.era + 1;
      return { ...endpoint, status: 'active', disabled: null, after: event.data.after, era, replayEra: era };
    }
    case 'WebhookCheckpointed':
      // One of an earlier era says nothing of what is to be sent again.
      return event.data.era === endpoint.era ? { ...endpoint, after: event.data.after } : endpoint;
    case 'WebhookDeleted':
      return { ...endpoint, status: 'deleted' };
  }
};
