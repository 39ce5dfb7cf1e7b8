import type pg from 'pg';
import type { KeyName, KeyStore, StoredKey } from './key-store.js';

/** Keys in PostgreSQL, for processes on any number of machines. */
export class SqlKeyStore implements KeyStore {
  readonly #table: string;

  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    schema: string,
  ) {
    this.#table = `${schema}.personal_data_keys`;
  }

  async find({ licenseId, key }: KeyName): Promise<StoredKey | undefined> {
    const sql = `SELECT wrapped FROM ${this.#table} WHERE license_id = $1 AND key = $2`;
    const { rows } = await this.pool.query<{ wrapped: string | null }>(sql, [licenseId, key]);
    const [row] = rows;
    return row && (row.wrapped === null ? 'destroyed' : { wrapped: row.wrapped });
  }

  async keep(name: KeyName, wrapped: string): Promise<StoredKey> {
    const sql = `INSERT INTO ${this.#table} (license_id, key, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
    await this.pool.query(sql, [name.licenseId, name.key, wrapped]);
    const kept = await this.find(name);
    if (kept === undefined) throw new Error(`key ${name.key} of license ${name.licenseId} vanished as it was made`);
    return kept;
  }

  async destroy({ licenseId, key }: KeyName): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${this.#table} AS kept (license_id, key, destroyed_at)
       SELECT $1, number, now() FROM generate_series(1, $2::integer) AS number
       ON CONFLICT (license_id, key) DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at
       WHERE kept.wrapped IS NOT NULL`,
      [licenseId, key],
    );
  }
}
