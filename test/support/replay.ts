import pg from 'pg';
import { EventStore } from '#event-store';
import { migrate, openPool, Progress, Projector } from '#projection-engine';
import { LedgerProjection, ledgerSchema, migrations, projectedPrefixes } from '#read-model';

const schema = 'replayed';
const patienceMs = 60_000;
/** Each table with what its rows are told apart by; how often each was written is nobody's business. */
const tables = [
  ['licenses', 'license_id'],
  ['staff', 'license_id, staff_id'],
  ['next_invoices', 'license_id'],
  ['invoices', 'invoice_number'],
  ['payments', 'license_id, revision'],
  ['credit_entries', 'license_id, ordinal'],
  ['propagations', 'change_id'],
  ['plan_editions', 'plan_id, revision'],
] as const;

export type Rows = Readonly<Record<string, readonly object[]>>;

/** All rows of the read model, and all rows that a replay of the events from nothing gives beside it. */
export async function readModelAndReplay(
  databaseUrl: string,
  eventStoreUrl: string,
): Promise<{ readonly rows: Rows; readonly replayed: Rows }> {
  const pool = openPool(databaseUrl, { max: 4 });
  const store = new EventStore(eventStoreUrl);
  try {
    await replay(pool, store);
    return { rows: await rowsOf(pool, ledgerSchema), replayed: await rowsOf(pool, schema) };
  } finally {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await store.close();
    await pool.end();
  }
}

async function replay(pool: pg.Pool, store: EventStore): Promise<void> {
  await migrate(pool, schema, migrations);
  const projection = new LedgerProjection(schema);
  const progress = new Progress(() => Promise.resolve(null));
  const projector = new Projector({
    pool,
    projection,
    progress,
    source: (from, signal) =>
      store.subscribeToAll({ from, signal, prefixes: projectedPrefixes, batch: { maxEvents: 500, maxWaitMs: 5 } }),
    log: { log: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const end = await store.lastPositionOf(projectedPrefixes);
  if (end === null) return;
  projector.start();
  const hasArrived = await progress.waitFor(end, patienceMs);
  await projector.stop();
  if (!hasArrived) throw new Error('the replay did not come to the end of the events');
}

async function rowsOf(pool: pg.Pool, of: string): Promise<Rows> {
  const read = tables.map(async ([table, order]) => {
    const { rows } = await pool.query<object>(`SELECT * FROM ${of}.${table} ORDER BY ${order}`);
    return [table, rows] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
