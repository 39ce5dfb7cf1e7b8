/**
 * How long the queries of billing and finance take on a read model of a size, in PostgreSQL and in the embedded PGlite,
 * against one read of a row by its primary key.
 *
 * The rows are not projected, for millions of events would take hours: they are inserted into the tables that the
 * migrations make, in the order in which a projector comes to them, and held against rows that were projected from
 * events that customers brought about. The queries are the product's own handlers, asked one after another over one
 * connection, each time with other parameters.
 *
 *   node test/bench/queries.mjs --help
 */
import { Command, InvalidArgumentError } from 'commander';
import { migrate, openPool } from '#projection-engine';
import { ledgerSchema, migrations, ReadModel } from '#read-model';
import { PlayedLedger } from '#testing';
import { baseline, casesOf } from './queries/cases.mjs';
import { fillTables } from './queries/fill.mjs';
import { recordingPool } from './queries/recording-pool.mjs';
import { makeSeeds, random } from './queries/seeds.mjs';
import { compareShapes } from './queries/shapes.mjs';
import { dist, machine, Stage } from './support.mjs';

const count = (text) => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a number above 0.');
  return Number(text);
};
const options = new Command('node test/bench/queries.mjs')
  .description('Times the queries of billing and finance on a large read model.')
  .option('--licenses <number>', 'licenses', count, 100_000)
  .option('--invoices <number>', 'invoices, about', count, 1_200_000)
  .option('--credits <number>', 'entries of the credit ledger, about', count, 2_000_000)
  .option('--runs <number>', 'runs of each query; those over a second are run 20 times', count, 200)
  .option('--seed <number>', 'of the rows and of the parameters', count, 1)
  .option('--only <database>', 'PostgreSQL or PGlite')
  .option('--match <text>', 'only queries whose name has it')
  .option('--plans', 'also shows how each query is executed')
  .option('--without <indexes>', 'then drops these indexes, and times again: what they are worth', (text) =>
    text.split(','),
  )
  .parse()
  .opts();

const schema = 'bench_queries';
const projected = ledgerSchema;
const tables = [
  'licenses',
  'unused_seats',
  'invoices',
  'payments',
  'charged_cycles',
  'policy_totals',
  'next_invoices',
  'credit_entries',
  'open_grants',
];

const stage = new Stage();
try {
  const seeds = makeSeeds(options);
  const databases = {
    PostgreSQL: () => stage.postgres(),
    PGlite: async () => {
      const main = dist('libs/platform/src/read-model-server/read-model-server.main.js');
      return (await stage.fork(main, [stage.folder()])).connectionString;
    },
  };
  console.log(machine());
  for (const [name, open] of Object.entries(databases)) {
    if (options.only !== undefined && options.only !== name) continue;
    const url = await open();
    const pool = openPool(url, { max: 1, queryTimeoutMs: 3_600_000, connectTimeoutMs: 60_000 });
    try {
      await fill(pool, url, seeds, name);
      await time(pool, seeds);
      if (options.plans) await showPlans(pool, seeds);
      if (options.without) {
        for (const index of options.without) await pool.query(`DROP INDEX ${schema}.${index}`);
        await time(pool, seeds);
      }
    } finally {
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; DROP SCHEMA IF EXISTS ${projected} CASCADE`);
      await pool.end();
    }
  }
} finally {
  await stage.end();
}

async function fill(pool, url, seeds, name) {
  const started = performance.now();
  const ledger = await PlayedLedger.open(url);
  try {
    for (const [planId, price] of [
      ['team', 1_000],
      ['pro', 2_000],
    ]) {
      await ledger.player.plan(planId, '2000-01-01T00:00:00.000Z', price);
    }
    await ledger.player.customers(300, options.seed);
    await ledger.project();
  } finally {
    await ledger.stop();
  }
  await migrate(pool, schema, migrations);
  await fillTables(pool, { schema, like: projected, seeds });
  const widths = await compareShapes(pool, { filled: schema, projected, tables });
  console.log(`\n${name}: filled in ${Math.round((performance.now() - started) / 1000)} s`);
  const sizes = {};
  for (const table of tables) {
    const { rows } = await pool.query(
      `SELECT count(*) AS rows, pg_size_pretty(pg_table_size('${schema}.${table}')) AS table,
         pg_size_pretty(pg_indexes_size('${schema}.${table}')) AS indexes FROM ${schema}.${table}`,
    );
    sizes[table] = { ...rows[0], 'bytes a row': widths[table].filled, 'of projected rows': widths[table].projected };
  }
  console.table(sizes);
}

async function time(pool, seeds) {
  const results = {};
  let base;
  for (const { name, prepare } of cases(new ReadModel(pool, schema), seeds)) {
    const times = [];
    let runs = options.runs;
    // The first call warms the caches up and is not counted.
    for (let run = -1; run < runs; run += 1) {
      const ask = await prepare();
      const started = performance.now();
      await ask();
      const ms = performance.now() - started;
      if (run < 0 && ms > 1_000) runs = Math.min(runs, 20);
      if (run >= 0) times.push(ms);
    }
    const [p50, p99] = [at(times, 50), at(times, 99)];
    base ??= { p50, p99 };
    results[name] = { p50: p50.toFixed(2), p99: p99.toFixed(2), 'p50 to baseline': (p50 / base.p50).toFixed(1), runs };
  }
  console.table(results);
}

/** The first statements of each query, as PostgreSQL executes them. */
async function showPlans(pool, seeds) {
  const statements = [];
  const readModel = new ReadModel(recordingPool(pool, statements), schema);
  for (const { name, prepare } of cases(readModel, seeds)) {
    const ask = await prepare();
    statements.length = 0;
    await ask();
    console.log(`\n### ${name}`);
    for (const { sql, parameters } of [...statements]) {
      const { rows } = await pool.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`, parameters);
      console.log(
        rows
          .map((row) => row['QUERY PLAN'])
          .join('\n')
          .replaceAll(`${schema}.`, ''),
      );
    }
  }
}

function cases(readModel, seeds) {
  const all = casesOf(readModel, { seeds, next: random(options.seed) });
  return all.filter(({ name }) => name === baseline || name.includes(options.match ?? ''));
}

function at(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
