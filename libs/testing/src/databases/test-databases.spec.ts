import pg from 'pg';
import { findPostgresBinaries } from './postgres-binaries.js';
import { startPostgres } from './start-postgres.js';
import { testDatabases } from './test-databases.js';

describe.each(testDatabases())('a test database on $kind', ({ kind, open }) => {
  it('is empty, apart from every other, and gone afterwards', async () => {
    const databases = [await open(), await open()];
    for (const { connectionString } of databases) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query('CREATE TABLE mine AS SELECT version() AS v');
      const { rows } = await client.query<{ v: string }>('SELECT v FROM mine');
      expect(rows[0]?.v.includes('wasm') ?? false).toBe(kind === 'PGlite');
      await client.end();
    }
    for (const { connectionString, drop } of databases) {
      await drop();
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      await expect(client.connect()).rejects.toThrow();
    }
  });
});

(findPostgresBinaries() === undefined ? it.skip : it)(
  'startPostgres runs a real PostgreSQL until it is stopped, and again on its files when it was halted',
  async () => {
    const postgres = await startPostgres();
    const { connectionString } = postgres;
    const ask = async (sql: string): Promise<unknown[]> => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return (await client.query<object>(sql).finally(() => client.end())).rows;
    };
    expect(postgres.version).toMatch(/^\d+\.\d+/);
    await ask('CREATE TABLE kept AS SELECT 1 AS n');
    await postgres.halt();
    await expect(ask('SELECT 1')).rejects.toThrow();
    await postgres.resume();
    expect(await ask('SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await postgres.stop();
    await expect(ask('SELECT 1')).rejects.toThrow();
  },
);
