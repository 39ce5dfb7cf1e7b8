import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type pg from 'pg';
import { inTransaction, isDatabaseOutage, openPool } from '#projection-engine';
import { testDatabases, type TestDatabase } from '#testing';

/** Breaks the connection under whoever has it in hand, as a server that is stopped does. */
function cut(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
}

describe.each(testDatabases())('a pool on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 1 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('outlives a connection that breaks while it is in hand and nobody asks it anything', async () => {
    const client = await pool.connect();
    const ended = new Promise((resolve) => client.once('end', () => resolve(null)));
    cut(client);
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow('not queryable');
    client.release();
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('outlives one that breaks in the middle of a transaction, and leaves nothing of it', async () => {
    await pool.query('CREATE TABLE things (n int)');
    const work = inTransaction(pool, async (client) => {
      await client.query('INSERT INTO things VALUES (1)');
      cut(client);
      await client.query('INSERT INTO things VALUES (2)');
    });
    const error: unknown = await work.catch((failure: unknown) => failure);
    expect(isDatabaseOutage(error)).toBe(true);
    expect((await pool.query('SELECT * FROM things')).rows).toEqual([]);
  });
});

describe('a pool on a server that takes connections and then says nothing', () => {
  let server: Server;
  let connections: number;

  beforeEach(async () => {
    connections = 0;
    server = createServer((socket) => {
      connections++;
      socket.resume().on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
  });

  it('gives up within its limits, and says that the database is away', async () => {
    const { port } = server.address() as AddressInfo;
    const pool = openPool(`postgresql://u@127.0.0.1:${port}/d`, { max: 2, connectTimeoutMs: 100 });
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => pool.query('SELECT 1')));
    for (const answer of asked) expect(answer.status === 'rejected' && isDatabaseOutage(answer.reason)).toBe(true);
    expect(connections).toBeGreaterThan(0);
    await pool.end();
  });
});
