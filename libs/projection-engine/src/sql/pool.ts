import pg from 'pg';

/** Whatever runs a statement: a pool, or one of its clients inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

const { builtins } = pg.types;
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: safeInteger,
  // A date is a date: the driver would make it midnight in the zone of this machine.
  [builtins.DATE]: (text) => text,
  [builtins.TIMESTAMPTZ]: instant,
};

/**
 * How values leave the database, for every pool that reads or writes the read model: int8 as a safe integer, a date
 * as `YYYY-MM-DD`, an instant as RFC 3339 in UTC with milliseconds.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export interface PoolOptions {
  /** Connections at most. The embedded database takes one. */
  readonly max: number;
  /** How long to wait for a connection, be it a new one or another's turn to end. Default 5 s. */
  readonly connectTimeoutMs?: number;
  /** How long a statement may stay unanswered. Default 60 s. */
  readonly queryTimeoutMs?: number;
}

/** A pool whose connections give up rather than hang: whoever uses it retries. */
export function openPool(
  connectionString: string,
  { max, connectTimeoutMs = 5_000, queryTimeoutMs = 60_000 }: PoolOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types: valueTypes,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
  });
  // An idle connection that breaks is taken out of the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks in somebody's hands between two statements: who holds it learns it from the next one.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond what a number holds exactly`);
  return value;
}

const timestamptz = pg.types.getTypeParser(builtins.TIMESTAMPTZ) as (text: string) => Date;

function instant(text: string): string {
  return timestamptz(text).toISOString();
}
