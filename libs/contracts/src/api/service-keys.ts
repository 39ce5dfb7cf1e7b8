import type { Instant } from '../values.js';

/** What a program may be. A customer is a person with an email, and an admin answers for what it does. */
export type ServiceKeyRole = 'service' | 'helpdesk' | 'billing' | 'finance' | 'support';

export interface CreateServiceKeyRequest {
  /** What uses the key; the audit shows it as the client. */
  readonly name: string;
  readonly role: ServiceKeyRole;
  /** Of which instance; for the role `helpdesk` alone. */
  readonly domain?: string;
}

/** A key as admins see it; the secret is nowhere. */
export interface ServiceKey {
  readonly keyId: string;
  readonly name: string;
  readonly role: ServiceKeyRole;
  readonly domain: string | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly revokedAt: Instant | null;
  readonly revokedBy: string | null;
  /** To the minute; null when it was never used. */
  readonly lastUsedAt: Instant | null;
}

/** The answer to its request, and to nothing else. */
export interface CreatedServiceKey extends ServiceKey {
  readonly key: string;
}
