import type pg from 'pg';

let savepoints = 0;

/**
 * What is left of a transaction, as a pool: its one connection is lent again and again, and a transaction on it is a
 * savepoint. So what knows how to write with a pool can write within a transaction of somebody else's.
 */
export function nestedPool(transaction: pg.PoolClient): pg.Pool {
  const nested = {
    query: transaction.query.bind(transaction),
    connect: () => Promise.resolve(lent(transaction)),
  };
  return nested as unknown as pg.Pool;
}

function lent(transaction: pg.PoolClient): pg.PoolClient {
  const savepoint = `nested_${(savepoints += 1)}`;
  const instead: Readonly<Record<string, string>> = {
    BEGIN: `SAVEPOINT ${savepoint}`,
    COMMIT: `RELEASE SAVEPOINT ${savepoint}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${savepoint}`,
  };
  const query = (sql: string, parameters?: unknown[]) => transaction.query(instead[sql] ?? sql, parameters);
  return { query, release: () => undefined } as unknown as pg.PoolClient;
}
