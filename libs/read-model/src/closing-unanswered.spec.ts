import { sql } from 'kysely';
import { isDatabaseOutage, openPool } from '#projection-engine';
import { readModelOver } from '#read-model';
import { testDatabases } from '#testing';

// PGlite sleeps for all of its clients.
const [postgres] = testDatabases().filter(({ kind }) => kind === 'PostgreSQL');

(postgres === undefined ? it.skip : it)('a connection that gave no answer in time is not asked again', async () => {
  const database = await postgres!.open();
  const pool = openPool(database.connectionString, { max: 1, queryTimeoutMs: 200 });
  const db = readModelOver(pool, 'public');
  const pidOf = async () => (await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(db)).rows[0]?.pid;
  const first = await pidOf();
  expect(await pidOf()).toBe(first);
  await sql`SELECT 1 / 0`.execute(db).catch(() => undefined);
  expect(await pidOf()).toBe(first);
  const error: unknown = await sql`SELECT pg_sleep(30)`.execute(db).catch((failure: unknown) => failure);
  expect(isDatabaseOutage(error)).toBe(true);
  expect(await pidOf()).not.toBe(first);
  await pool.end();
  await database.drop();
});
