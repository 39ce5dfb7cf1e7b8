import pg from 'pg';
import { EventStore } from '#event-store';
import { ledgerSchema, operationsSchema } from '#read-model';
import type { Servers } from './stage.js';

/** An event as far as it must be the same whenever the month is played. */
export interface PlayedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

export interface Attempts {
  readonly attempts: number;
  readonly lastError: string | null;
}

/** Everything that is left of a month. */
export interface Outcome {
  /** Every stream but the store's own. */
  readonly streams: Readonly<Record<string, readonly PlayedEvent[]>>;
  /** Every table of the read model. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** By change: what was done to bring it to its instance. */
  readonly attempts: ReadonlyMap<string, Attempts>;
}

export async function outcomeOf({ eventStore, database }: Servers): Promise<Outcome> {
  const streams = await readStreams(eventStore.connectionString);
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    return { streams, tables: await readTables(client), attempts: await readAttempts(client) };
  } finally {
    await client.end();
  }
}

/** Left out: positions and recorded times, and in the metadata the ids of the requests. */
async function readStreams(connectionString: string): Promise<Outcome['streams']> {
  const store = new EventStore(connectionString);
  const streams: Record<string, PlayedEvent[]> = {};
  for await (const { stream, id, type, data } of store.readAll()) {
    if (!stream.startsWith('$')) (streams[stream] ??= []).push({ id, type, data });
  }
  await store.close();
  return streams;
}

/** Left out: places in the log, as events of different streams may be recorded in another order, when that was, and the ids that requests were given. */
async function readTables(client: pg.Client): Promise<Outcome['tables']> {
  const { rows: names } = await client.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = $1
     AND tablename NOT IN ('schema_migrations', 'projection_checkpoints') ORDER BY tablename`,
    [ledgerSchema],
  );
  const { rows: leftOut } = await client.query<{ column_name: string }>(
    `SELECT DISTINCT column_name FROM information_schema.columns
     WHERE table_schema = $1 AND (column_name LIKE '%recorded_at' OR column_name LIKE '%\\_position' OR column_name = 'request_id')`,
    [ledgerSchema],
  );
  const tables: Record<string, Readonly<Record<string, unknown>>[]> = {};
  for (const { tablename } of names) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) - $1::text[] AS row
       FROM ${ledgerSchema}.${tablename} t ORDER BY 1`,
      [leftOut.map(({ column_name }) => column_name)],
    );
    tables[tablename] = rows.map(({ row }) => row);
  }
  return tables;
}

async function readAttempts(client: pg.Client): Promise<Outcome['attempts']> {
  const { rows } = await client.query<{ change_id: string; attempts: number; last_error: string | null }>(
    `SELECT change_id, attempts, last_error FROM ${operationsSchema}.push_attempts`,
  );
  return new Map(rows.map((row) => [row.change_id, { attempts: row.attempts, lastError: row.last_error }]));
}
