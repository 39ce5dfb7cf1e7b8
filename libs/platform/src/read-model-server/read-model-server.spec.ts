import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ReadModelServer } from './read-model-server.js';

const transactionIdleMs = 700;
const onBroken = (error: unknown): void => {
  throw error;
};

describe('ReadModelServer', () => {
  let server: ReadModelServer;
  let pool: pg.Pool;

  beforeAll(async () => {
    server = await ReadModelServer.start({ folder: 'memory://', transactionIdleMs, onBroken });
    pool = new pg.Pool({ connectionString: server.connectionString, max: 6 });
    pool.on('error', () => undefined);
    await pool.query('CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)');
  });

  beforeEach(() => pool.query('DELETE FROM account'));

  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const count = async (): Promise<number> => (await pool.query('SELECT count(*)::int AS n FROM account')).rows[0].n;

  const gone = async (client: pg.PoolClient): Promise<void> => {
    client.on('error', () => undefined);
    const closed = new Promise((resolve) => client.once('end', resolve));
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await closed;
    client.release(true);
  };

  it('answers queries with parameters and bulk inserts', async () => {
    const ids = Array.from({ length: 500 }, (_, id) => id);
    await pool.query('INSERT INTO account SELECT * FROM unnest($1::int[], $2::bigint[])', [ids, ids]);
    expect((await pool.query('SELECT balance FROM account WHERE id = $1', [499])).rows).toEqual([{ balance: '499' }]);
  });

  it('goes on after an error, inside and outside of a transaction', async () => {
    await expect(pool.query('SELECT nothing', [])).rejects.toThrow('column "nothing" does not exist');
    const client = await pool.connect();
    await client.query('BEGIN');
    await expect(client.query('SELECT $1::int', ['x'])).rejects.toThrow('invalid input syntax');
    await expect(client.query('SELECT 1')).rejects.toThrow('current transaction is aborted');
    await client.query('ROLLBACK');
    client.release();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('keeps the transactions of several clients apart', async () => {
    await pool.query('INSERT INTO account VALUES (1, 0)');
    const addOne = async (): Promise<void> => {
      const client = await pool.connect();
      await client.query('BEGIN');
      const { rows } = await client.query('SELECT balance FROM account WHERE id = $1', [1]);
      await new Promise(setImmediate);
      await client.query('UPDATE account SET balance = $1 WHERE id = 1', [Number(rows[0].balance) + 1]);
      await client.query('COMMIT');
      client.release();
    };
    await Promise.all(Array.from({ length: 60 }, addOne));
    expect((await pool.query('SELECT balance FROM account')).rows).toEqual([{ balance: '60' }]);
  });

  it('never mixes the statements of two clients, also when a query arrives in many pieces', async () => {
    const long = 'x'.repeat(500_000);
    const ask = async (i: number): Promise<number> => {
      const asLong = i % 3 === 0;
      const query = asLong ? `SELECT length($1::text) - ${long.length} AS n` : 'SELECT $1::int AS n';
      return (await pool.query(query, [asLong ? long + 'y'.repeat(i) : i])).rows[0].n;
    };
    const numbers = Array.from({ length: 120 }, (_, i) => i);
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers);
  });

  it('lets two clients give the same name to different statements', async () => {
    const [a, b] = [await pool.connect(), await pool.connect()];
    await a.query({ name: 'same', text: 'SELECT $1::int + 1 AS n', values: [1] });
    await b.query({ name: 'same', text: 'SELECT $1::int * 10 AS n', values: [1] });
    const answers = [
      await a.query({ name: 'same', text: 'SELECT $1::int + 1 AS n', values: [4] }),
      await b.query({ name: 'same', text: 'SELECT $1::int * 10 AS n', values: [4] }),
    ];
    expect(answers.map(({ rows }) => rows[0].n)).toEqual([5, 40]);
    await gone(b);
    const left = await pool.query('SELECT count(*)::int AS n FROM pg_prepared_statements');
    a.release();
    expect(left.rows).toEqual([{ n: 1 }]);
  });

  it('rolls back what a client that is gone had begun', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO account VALUES (1, 1)');
    await gone(client);
    expect(await count()).toBe(0);
  });

  it('rolls back a transaction whose client left while it was being executed', async () => {
    const client = await pool.connect();
    client.query('BEGIN; INSERT INTO account SELECT n, n FROM generate_series(1, 200000) AS n').catch(() => undefined);
    await new Promise(setImmediate);
    await gone(client);
    expect(await count()).toBe(0);
  });

  it('ends a client that keeps the others waiting on an idle transaction', async () => {
    const client = await pool.connect();
    const ended = new Promise<Error>((resolve) => client.on('error', resolve));
    await client.query('BEGIN');
    expect(await count()).toBe(0);
    expect((await ended).message).toContain('was left idle for 700 ms');
    client.release(true);
  });

  it('survives clients that speak another protocol', async () => {
    const path = join(server.socketFolder ?? '', '.s.PGSQL.5432');
    const socket = connect(path);
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(await count()).toBe(0);
  });

  it('listens where only its owner may enter', () => {
    expect(statSync(server.socketFolder ?? '').mode & 0o777).toBe(0o700);
  });
});

describe('ReadModelServer on a folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'read-model-')), 'files');
  afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('begins again where a first start was cut short', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'PG_VERSION'), '18');
    const server = await ReadModelServer.start({ folder, onBroken });
    await server.stop();
    expect(existsSync(server.socketFolder ?? '')).toBe(false);
  });

  it('keeps its data across restarts, over TCP with a password', async () => {
    for (const expected of [1, 2]) {
      const server = await ReadModelServer.start({ folder, tcp: true, onBroken });
      const pool = new pg.Pool({ connectionString: server.connectionString });
      await pool.query('CREATE TABLE IF NOT EXISTS start (n int)');
      await pool.query('INSERT INTO start VALUES (1)');
      expect((await pool.query('SELECT count(*)::int AS n FROM start')).rows).toEqual([{ n: expected }]);

      const stranger = new pg.Client({
        connectionString: server.connectionString.replace(/postgres:\w+@/, 'postgres:guess@'),
      });
      await expect(stranger.connect()).rejects.toThrow('wrong password');
      await pool.end();
      await server.stop();
    }
  });
});
