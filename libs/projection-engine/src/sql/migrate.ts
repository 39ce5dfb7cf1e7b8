import type pg from 'pg';
import { inTransaction } from './transaction.js';

/** A step of the schema. What is released is never edited: a later step changes it. */
export interface Migration {
  /** `0001-licenses`; applied in the order of the names. */
  readonly name: string;
  /** Statements with unqualified names; they run with the schema as the search path. */
  readonly sql: string;
}

/** Someone else creates the same thing at this very moment. */
const racing = new Set(['23505', '42P06', '42P07']);

/**
 * Brings `schema` to the newest step, creating it if need be, and answers which steps it applied. Processes that start
 * together wait for each other at the table of steps.
 */
export async function migrate(pool: pg.Pool, schema: string, migrations: readonly Migration[]): Promise<string[]> {
  // The name becomes part of every statement.
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema))
    throw new Error(`'${schema}' is no name for a schema: use a-z, 0-9 and _`);
  await createRegister(pool, schema);
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL search_path TO ${schema}`);
    await client.query('LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE');
    const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations');
    const applied = new Set(rows.map(({ name }) => name));
    const due = migrations.filter(({ name }) => !applied.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, sql } of due) {
      await client.query(sql);
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [name]);
    }
    return due.map(({ name }) => name);
  });
}

async function createRegister(pool: pg.Pool, schema: string): Promise<void> {
  const sql = `CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE IF NOT EXISTS ${schema}.schema_migrations (
      name text PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`;
  await pool.query(sql).catch((error: Error & { code?: string }) => {
    if (!racing.has(error.code ?? '')) throw error;
    return pool.query(sql);
  });
}
