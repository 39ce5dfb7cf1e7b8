import type pg from 'pg';
import type { ServiceKey, ServiceKeyRole } from '#contracts';

/** Where the keys are kept. */
export interface ServiceKeyPlace {
  readonly pool: pg.Pool;
  /** The schema that {@link serviceKeysTable} was applied to. */
  readonly schema: string;
}

interface Row {
  readonly key_id: string;
  readonly name: string;
  readonly role: ServiceKeyRole;
  readonly domain: string | null;
  readonly secret_hash: Buffer;
  readonly request_hash: string;
  readonly created_at: string;
  readonly created_by: string;
  readonly revoked_at: string | null;
  readonly revoked_by: string | null;
  readonly last_used_at: string | null;
}

/** A key with what only this library sees of it. */
export interface StoredKey extends ServiceKey {
  readonly secretHash: Buffer;
  readonly requestHash: string;
}

export type NewKey = Pick<StoredKey, 'keyId' | 'name' | 'role' | 'domain' | 'secretHash' | 'requestHash' | 'createdBy'>;

/** The rows of the keys. Their time is the wall clock's, like that of tokens, in milliseconds, as a cursor tells it. */
export class ServiceKeyStore {
  readonly #pool: pg.Pool;
  readonly #table: string;

  constructor({ pool, schema }: ServiceKeyPlace) {
    this.#pool = pool;
    this.#table = `${schema}.service_keys`;
  }

  /** Adds the key unless its id is there already. @returns what is there now */
  async add({ keyId, name, role, domain, secretHash, requestHash, createdBy }: NewKey): Promise<StoredKey> {
    await this.#query(
      `INSERT INTO ${this.#table} (key_id, name, role, domain, secret_hash, request_hash, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now()), $7) ON CONFLICT DO NOTHING`,
      [keyId, name, role, domain, secretHash, requestHash, createdBy],
    );
    const added = await this.find(keyId);
    if (added === undefined) throw new Error(`the service key ${keyId} was added, and is not there`);
    return added;
  }

  async find(keyId: string): Promise<StoredKey | undefined> {
    return (await this.#query(`SELECT * FROM ${this.#table} WHERE key_id = $1`, [keyId]))[0];
  }

  /** Newest first, from behind `before` on. */
  list(limit: number, before: { readonly created_at: string; readonly key_id: string } | null): Promise<StoredKey[]> {
    return this.#query(
      `SELECT * FROM ${this.#table} WHERE $1::timestamptz IS NULL OR (created_at, key_id) < ($1, $2::uuid)
       ORDER BY created_at DESC, key_id DESC LIMIT $3`,
      [before?.created_at ?? null, before?.key_id ?? null, limit],
    );
  }

  /** Ends the key for good; once more changes nothing. @returns undefined when there is none */
  async revoke(keyId: string, by: string): Promise<StoredKey | undefined> {
    const sql = `UPDATE ${this.#table} SET revoked_at = now(), revoked_by = $2 WHERE key_id = $1 AND revoked_at IS NULL`;
    await this.#query(sql, [keyId, by]);
    return this.find(keyId);
  }

  /** Notes that the key was used, unless it was noted less than `ageMs` ago. */
  async used(keyId: string, ageMs: number): Promise<void> {
    await this.#query(
      `UPDATE ${this.#table} SET last_used_at = now()
       WHERE key_id = $1 AND (last_used_at IS NULL OR last_used_at <= now() - $2 * interval '1 millisecond')`,
      [keyId, ageMs],
    );
  }

  async #query(sql: string, values: readonly unknown[]): Promise<StoredKey[]> {
    const { rows } = await this.#pool.query<Row>(sql, [...values]);
    return rows.map((row) => ({
      keyId: row.key_id,
      name: row.name,
      role: row.role,
      domain: row.domain,
      createdAt: row.created_at,
      createdBy: row.created_by,
      revokedAt: row.revoked_at,
      revokedBy: row.revoked_by,
      lastUsedAt: row.last_used_at,
      secretHash: row.secret_hash,
      requestHash: row.request_hash,
    }));
  }
}
