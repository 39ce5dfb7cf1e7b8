import type { Instant } from './values.js';

/** Who brought an event about, and how. */
export interface AuditEntry {
  /** The type of the event, such as `SeatsReduced`. */
  readonly type: string;
  /** The license that it is about; null when it is about none. */
  readonly licenseId: string | null;
  /** The subject of a token with its role, `service-key:<keyId>`, or `time` with the role `system`. */
  readonly actor: { readonly id: string; readonly role: string };
  /** The program through which the actor came: the token's client, or the name of a service key. */
  readonly client: string | null;
  /** The request's `X-Request-Id`; everything that one request set in motion carries it. */
  readonly requestId: string | null;
  readonly recordedAt: Instant;
  /** In business time; null for events that have none. */
  readonly effectiveAt: Instant | null;
  readonly event: { readonly id: string; readonly stream: string; readonly revision: number };
}
