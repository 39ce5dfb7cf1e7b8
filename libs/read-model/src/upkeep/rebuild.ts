import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import { CheckpointStore, migrate, type ProjectorLog } from '#projection-engine';
import { migrations } from '../database.js';
import { ledgerProjectionName, ledgerSchema } from '../ledger/ledger-projection.js';
import { SchemaComparison, type SchemaDifference, type SchemaPair } from './compare-schemas.js';
import { SchemaFilling, type FillProgress } from './fill-schema.js';
import { rebuildSchema, retiredSchema } from './schemas.js';
import { switchSchemas, TooFarApart, type Switch } from './switch-schemas.js';

export interface RebuildOptions {
  readonly pool: pg.Pool;
  readonly store: EventStore;
  /** Begins anew, and throws away what an earlier rebuild has filled and not switched. */
  readonly fresh?: boolean;
  /** Lets the rebuilt rows serve though they differ from those that do. */
  readonly accept?: boolean;
  /** What the projector of the rebuilt rows has to say. */
  readonly log: ProjectorLog;
  readonly progress: (progress: RebuildProgress) => void;
  /** Stops the rebuild; the next one goes on where it was. */
  readonly signal: AbortSignal;
}

export type RebuildProgress =
  ({ readonly doing: 'filling' } & FillProgress) | { readonly doing: 'comparing'; readonly share: number };

export interface Rebuilt {
  /**
   * `filled`: no rows of this version were complete, and now they are. `switched`: the rebuilt rows serve. `differs`:
   * they are not what serves, and wait beside it for somebody to look.
   */
  readonly outcome: 'filled' | 'switched' | 'differs';
  /** At most `differencesMax` of them. */
  readonly differences: readonly SchemaDifference[];
}

export const differencesMax = 1_000;
/** Licenses that are compared in one statement: it keeps an embedded database busy for a part of a second. */
const licensesAtOnce = 200;
const switchAttemptsMax = 100;
const betweenAttemptsMs = 50;

/**
 * Fills the read model anew beside the one that serves, compares the two, and lets the new one serve: while commands and
 * queries go on, without a wrong or missing answer at any moment. Without rows that serve, it fills those.
 */
export async function rebuildLedger(options: RebuildOptions): Promise<Rebuilt> {
  const { pool, fresh = false } = options;
  await drop(pool, retiredSchema);
  if (!(await isComplete(pool))) return fillFirst(options);
  if (fresh) await drop(pool, rebuildSchema);
  await migrate(pool, rebuildSchema, migrations);
  const filling = startFilling(options, rebuildSchema);
  try {
    await filling.untilComplete();
    await analyze(pool, rebuildSchema);
    return await compareAndSwitch(options, filling);
  } finally {
    await filling.stop();
  }
}

async function isComplete(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [
    `${ledgerSchema}.projection_checkpoints`,
  ]);
  return rows[0]?.there === true && (await new CheckpointStore(ledgerSchema, ledgerProjectionName).isComplete(pool));
}

/** Nobody is answered from these rows yet. */
async function fillFirst(options: RebuildOptions): Promise<Rebuilt> {
  const { pool } = options;
  await migrate(pool, ledgerSchema, migrations);
  const filling = startFilling(options, ledgerSchema);
  try {
    await filling.untilComplete();
    await analyze(pool, ledgerSchema);
    await new CheckpointStore(ledgerSchema, ledgerProjectionName).complete(pool);
    return { outcome: 'filled', differences: [] };
  } finally {
    await filling.stop();
  }
}

function startFilling({ pool, store, log, progress, signal }: RebuildOptions, schema: string): SchemaFilling {
  const tell = (filled: FillProgress): void => progress({ doing: 'filling', ...filled });
  return SchemaFilling.start({ pool, store, schema, log, signal, progress: tell });
}

async function compareAndSwitch(options: RebuildOptions, filling: SchemaFilling): Promise<Rebuilt> {
  const { pool, accept = false } = options;
  const pair = { serving: ledgerSchema, rebuilt: rebuildSchema };
  const comparison = await SchemaComparison.of(pool, pair);
  const suspects = await suspectsOf(comparison, options);
  if (suspects.length > differencesMax && !accept) return { outcome: 'differs', differences: asDifferences(suspects) };
  const differences = await attemptSwitch(options, filling, { ...pair, comparison, suspects });
  if (differences.length > 0 && !accept) return { outcome: 'differs', differences };
  await drop(pool, retiredSchema);
  return { outcome: 'switched', differences: accept ? [...differences, ...asDifferences(suspects)] : differences };
}

/** The licenses whose rows differ just now: one of the two may only be an event ahead. */
async function suspectsOf(comparison: SchemaComparison, options: RebuildOptions): Promise<string[]> {
  const { pool, progress, signal } = options;
  const suspects = new Set<string>();
  const cuts = await comparison.cuts(pool, licensesAtOnce);
  for (const [index, from] of cuts.slice(0, -1).entries()) {
    signal.throwIfAborted();
    const differences = await comparison.ofRange(pool, from, cuts[index + 1] ?? '');
    for (const { licenseId } of differences) if (licenseId !== null) suspects.add(licenseId);
    progress({ doing: 'comparing', share: (index + 1) / (cuts.length - 1) });
  }
  return [...suspects];
}

/** The rebuilt rows stand still while they are brought level with those that serve, and go on when they are too far. */
async function attemptSwitch(
  options: RebuildOptions,
  filling: SchemaFilling,
  what: SchemaPair & Pick<Switch, 'comparison' | 'suspects'>,
): Promise<SchemaDifference[]> {
  const { pool, store, accept = false, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    await filling.untilComplete();
    await filling.stop();
    try {
      return await switchSchemas(pool, store, { ...what, accept, retired: retiredSchema });
    } catch (error) {
      if (!(error instanceof TooFarApart) || attempt === switchAttemptsMax) throw error;
    }
    filling.goOn();
    await sleep(betweenAttemptsMs, undefined, { signal });
  }
}

function asDifferences(licenses: readonly string[]): SchemaDifference[] {
  return licenses.slice(0, differencesMax).map((licenseId) => ({ table: 'licenses', licenseId }));
}

/** Without statistics the database would plan its first queries badly. */
async function analyze(pool: pg.Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE'`,
    [schema],
  );
  for (const { name } of rows) await pool.query(`ANALYZE ${schema}.${name}`);
}

async function drop(pool: pg.Pool, schema: string): Promise<void> {
  await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
}
