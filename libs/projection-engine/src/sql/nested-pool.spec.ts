import type pg from 'pg';
import { inTransaction, nestedPool, openPool } from '#projection-engine';
import { testDatabases, type TestDatabase } from '#testing';

describe.each(testDatabases())('a pool within a transaction on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 2 });
    await pool.query('CREATE TABLE things (id integer PRIMARY KEY)');
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  class Given extends Error {}
  const add = (id: number) => (client: pg.ClientBase) => client.query('INSERT INTO things VALUES ($1)', [id]);
  const failing = async (client: pg.ClientBase) => {
    await add(9)(client);
    throw new Given();
  };

  it('keeps what succeeds in it, takes back what fails, and both when the whole is taken back', async () => {
    const work = async (client: pg.PoolClient): Promise<void> => {
      const nested = nestedPool(client);
      await inTransaction(nested, add(1));
      await expect(inTransaction(nested, failing)).rejects.toThrow(Given);
      await expect(inTransaction(nested, add(1))).rejects.toThrow('duplicate key');
      await inTransaction(nested, add(2));
    };
    const undone = inTransaction(pool, async (client) => {
      await work(client);
      throw new Given();
    });
    await expect(undone).rejects.toThrow(Given);
    expect((await pool.query('SELECT id FROM things')).rows).toEqual([]);
    await inTransaction(pool, work);
    expect((await pool.query('SELECT id FROM things ORDER BY id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
