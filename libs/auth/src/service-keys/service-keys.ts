import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { CreatedServiceKey, List, ServiceKey } from '#contracts';
import { keysetCursor, notFound, pageOf, ProblemException, type CommandRequest, type PageQuery } from '#http';
import type { Principal } from '../principal.js';
import { hashOf, isHashOf, keyFor, readKey, writeKey } from './key-text.js';
import type { ServiceKeyStore, StoredKey } from './service-key-store.js';
import type { CreateServiceKeyRequest } from './service-key.dto.js';

const cachedMax = 10_000;
/** How long a key that was revoked through another process may still be taken. */
const cachedMs = 10_000;
/** How often the use of a key is noted at most. */
const notedMs = 60_000;

const byAge = keysetCursor({ created_at: 'instant', key_id: 'uuid' });

/** Keys of programs: made, listed and revoked by admins, and looked up for each request. */
export class ServiceKeys {
  private readonly logger = new Logger(ServiceKeys.name);
  /** Null for ids that there are not. While the database is away, what was read last counts: nobody can revoke then. */
  readonly #known: LRUCache<string, { readonly key: StoredKey | null }>;
  readonly #noted = new LRUCache<string, true>({ max: cachedMax, ttl: notedMs });

  /** @param secret what the keys are made with; the same for all processes of a ledger */
  constructor(
    private readonly store: ServiceKeyStore,
    private readonly secret: Buffer,
  ) {
    this.#known = new LRUCache({
      max: cachedMax,
      ttl: cachedMs,
      allowStaleOnFetchRejection: true,
      fetchMethod: async (keyId: string) => ({ key: (await store.find(keyId)) ?? null }),
    });
  }

  /** The holder of a key, or undefined when it is none of ours or was revoked. */
  async principalOf(text: string): Promise<Principal | undefined> {
    const given = readKey(text);
    if (given === undefined) return undefined;
    const key = (await this.#known.fetch(given.keyId))?.key;
    if (!key || !isHashOf(key.secretHash, given.secret) || key.revokedAt !== null) return undefined;
    this.#note(key.keyId);
    const { keyId, role, name: client, domain } = key;
    return { subject: `service-key:${keyId}`, role, client, ...(domain !== null && { domain }) };
  }

  /** @throws ProblemException `idempotency-key-reused` */
  async create(
    { name, role, domain }: CreateServiceKeyRequest,
    { subject }: Principal,
    { idempotencyKey, requestHash }: CommandRequest,
  ): Promise<CreatedServiceKey> {
    const { keyId, secret } = keyFor(subject, idempotencyKey, this.secret);
    const stored = await this.store.add({
      ...{ keyId, name, role, domain: domain?.toLowerCase() ?? null },
      ...{ secretHash: hashOf(secret), requestHash, createdBy: subject },
    });
    this.#known.delete(keyId);
    if (stored.requestHash !== requestHash) {
      const detail = 'This Idempotency-Key came before with another request. Use a new key for a new request.';
      throw new ProblemException('idempotency-key-reused', detail);
    }
    if (!isHashOf(stored.secretHash, secret)) {
      throw new Error('The service key was made with another secret: do the processes have different data folders?');
    }
    return { ...viewOf(stored), key: writeKey({ keyId, secret }) };
  }

  async list({ limit, cursor }: PageQuery): Promise<List<ServiceKey>> {
    const rows = await this.store.list(limit + 1, cursor === undefined ? null : byAge.decode(cursor));
    const { items, nextCursor } = pageOf(rows, limit, byAge, (key) => ({
      created_at: key.createdAt,
      key_id: key.keyId,
    }));
    return { items: items.map(viewOf), nextCursor };
  }

  /** @throws ProblemException `not-found` */
  async revoke(keyId: string, { subject }: Principal): Promise<ServiceKey> {
    const revoked = await this.store.revoke(keyId, subject);
    if (revoked === undefined) throw notFound('There is no such service key.');
    this.#known.set(keyId, { key: revoked });
    return viewOf(revoked);
  }

  /** Nobody waits for it, and a use that is not noted does no harm. */
  #note(keyId: string): void {
    if (this.#noted.has(keyId)) return;
    this.#noted.set(keyId, true);
    this.store.used(keyId, notedMs).catch((error: unknown) => {
      this.logger.warn(`The use of service key ${keyId} was not noted: ${String(error)}`);
    });
  }
}

function viewOf({ secretHash: _, requestHash: __, ...view }: StoredKey): ServiceKey {
  return view;
}
