import type pg from 'pg';
import { isDatabaseOutage } from './outage.js';

/** Runs `work` in one transaction: all of it is durable when this resolves, nothing of it when this rejects. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that gave no answer would not answer this either; the server rolls back what it was left with.
    if (isDatabaseOutage(error)) broken = error;
    else await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    // A connection that can't even roll back is closed and not used again.
    client.release(broken);
  }
}
