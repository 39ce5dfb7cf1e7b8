/**
 * How fast the read model is rebuilt, and what commands and queries notice of it.
 *
 * Customers with random histories of months are played onto the embedded node, as the ledger itself records them, and
 * projected into PostgreSQL. Then `rebuild` runs as a process of its own, while
 *
 *  - writers change seats and read what they wrote, by the position that they were answered;
 *  - readers ask for licenses, invoices, credit and next invoices that nobody changes, and hold every answer against the
 *    one from before.
 *
 * An answer that is not 2xx, not what was written or not what it was before counts as wrong, and the run fails. The rows
 * of all licenses but the writers' are added up before and after by a hash. Events per second are told against a bare
 * read of `$all` through the client, without other work and beside the same traffic; latencies against those without a
 * rebuild. The service runs api and projector in one process; all stores wait for the disk.
 *
 *   node test/bench/rebuild.mjs [--events 1000000] [--quiet-seconds 20] [--changes 20] [--queries 100]
 *     [--embedded]  the read model in PGlite instead of PostgreSQL
 *     [--log <folder>]  where the log is written to, and taken from the next time, as it was written
 *     [--write-only]  writes the log and ends
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import pg from 'pg';
import { issueLocalToken } from '#auth';
import { EventStore } from '#event-store';
import { licenseIdOf } from '#license';
import { ledgerSchema } from '#read-model';
import { LedgerPlayer } from '#testing';
import { contentOf } from './rebuild/content.mjs';
import { Traffic } from './rebuild/traffic.mjs';
import { dist, machine, option, Stage, textOption } from './support.mjs';

const eventsWanted = option('events', 1_000_000);
const quietSeconds = option('quiet-seconds', 20);
const changesPerSecond = option('changes', 20);
const queriesPerSecond = option('queries', 100);
const isEmbedded = process.argv.includes('--embedded');
const logFolder = textOption('log');
const writtenFile = 'written.json';
const customersAtOnce = 500;

const stage = new Stage();
try {
  const { folder: logOfRun, written } = await log();
  const { connectionString: eventStore } = await stage.eventStoreProcess(logOfRun);
  const { customers, events } = written ?? (await play(eventStore));
  if (logFolder && !written) writeFileSync(join(logFolder, writtenFile), JSON.stringify({ customers, events }));
  if (process.argv.includes('--write-only')) await end();
  const database = isEmbedded ? await embeddedReadModel() : await stage.postgres();
  const dataDir = stage.folder();
  const servers = {
    EVENTSTORE_CONNECTION_STRING: eventStore,
    DATABASE_URL: database,
    REDIS_URL: await stage.redis(),
    LEDGER_DATA_DIR: dataDir,
  };
  const client = EventStoreDBClient.connectionString(eventStore);
  stage.onEnd(() => client.dispose());
  const rows = new pg.Pool({ connectionString: database, max: 1 });
  stage.onEnd(() => rows.end());

  const url = await stage.ledger(servers, ['--roles', 'api,projector']);
  await arrived(rows);

  const traffic = new Traffic(url, await issueLocalToken(dataDir, { role: 'admin' }), {
    ...{ changesPerSecond, queriesPerSecond },
    quietDomains: Array.from({ length: 50 }, (_, n) => customers[Math.floor((n * customers.length) / 50)]),
  });
  await traffic.prepare();
  const busy = traffic.busyDomains.map((domain) => licenseIdOf(domain));
  const before = await contentOf(rows, ledgerSchema, busy);
  const bareAlone = await bareRead(client);

  const quiet = await traffic.during(() => wait(quietSeconds * 1000));
  const [bareBeside] = await traffic.during(() => bareRead(client)).then(({ result }) => [result]);
  const rebuild = await traffic.during(() => runRebuild(servers));
  const after = await contentOf(rows, ledgerSchema, busy);

  const differing = Object.keys(before).filter((table) => before[table] !== after[table]);
  const { seconds, fillSeconds, said } = rebuild.result;
  const rate = events / fillSeconds;
  console.log(
    `${machine()}; ${events} events of ${customers.length} licenses, ${isEmbedded ? 'PGlite' : 'PostgreSQL'}`,
  );
  console.log(said);
  console.log(
    `filled at ${Math.round(rate)} events/s, ${Math.round(fillSeconds)} s; compared and switched after ${Math.round(seconds)} s`,
  );
  console.log(
    `bare read ${Math.round(bareAlone)}/s alone: ratio ${(rate / bareAlone).toFixed(2)}; ` +
      `${Math.round(bareBeside)}/s beside the traffic: ratio ${(rate / bareBeside).toFixed(2)}`,
  );
  console.table({ 'without a rebuild': quiet.summary, 'during it': rebuild.summary });
  const wrong = [...quiet.wrong, ...rebuild.wrong];
  console.log(
    `wrong or missing answers: ${wrong.length}; tables with another content: ${differing.join(', ') || 'none'}`,
  );
  for (const one of wrong.slice(0, 5)) console.log(one);
  if (wrong.length > 0 || differing.length > 0) process.exitCode = 1;
} finally {
  await stage.end();
}

async function end() {
  await stage.end();
  process.exit();
}

/** A folder for the log; `written` says what is in it already. The run writes to a copy, so that each begins alike. */
async function log() {
  const folder = stage.folder();
  if (!logFolder) return { folder };
  const file = join(logFolder, writtenFile);
  if (!existsSync(file)) return { folder: join(logFolder, 'events') };
  await cp(join(logFolder, 'events'), folder, { recursive: true });
  return { folder, written: JSON.parse(readFileSync(file, 'utf8')) };
}

async function embeddedReadModel() {
  const main = dist('libs/platform/src/read-model-server/read-model-server.main.js');
  return (await stage.fork(main, [stage.folder()])).connectionString;
}

/** @returns the domains that were played, and how many events all of them have */
async function play(connectionString) {
  const store = new EventStore(connectionString);
  const player = new LedgerPlayer(store);
  await player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
  await player.plan('pro', '2000-01-01T00:00:00.000Z', 2_000);
  const customers = [];
  const begunAt = performance.now();
  let events = 0;
  for (let round = 1; events < eventsWanted; round += 1) {
    await player.customers(customersAtOnce, round, `round-${round}`);
    customers.push(...Array.from({ length: customersAtOnce }, (_, n) => `round-${round}-${n}.example`));
    // The rounds have about the same number of events each: counted now and then.
    if (round % 20 === 0 || events === 0) events = await count(store);
  }
  events = await count(store);
  await store.close();
  console.log(`${events} events written in ${Math.round((performance.now() - begunAt) / 1000)} s`);
  return { customers, events };
}

async function count(store) {
  let events = 0;
  for await (const _ of store.readAll()) events += 1;
  return events;
}

/** Waits until the read model has been filled for the first time. */
async function arrived(pool) {
  for (let isComplete = false; !isComplete; await wait(1000)) {
    const { rows } = await pool.query(
      `SELECT bool_and(completed_at IS NOT NULL) AS done FROM ${ledgerSchema}.projection_checkpoints`,
    );
    isComplete = rows[0].done === true;
  }
  await pool.query('ANALYZE');
}

async function runRebuild(env) {
  const begunAt = performance.now();
  const child = spawn(process.execPath, [dist('apps/cli/src/main.js'), 'rebuild'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let filledAt;
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (text.includes('comparing')) filledAt ??= performance.now();
    process.stderr.write(text);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`rebuild ended with ${code}: ${said}`);
  const endedAt = performance.now();
  return {
    said: said.trim(),
    seconds: (endedAt - begunAt) / 1000,
    fillSeconds: ((filledAt ?? endedAt) - begunAt) / 1000,
  };
}

async function bareRead(from) {
  const started = performance.now();
  let seen = 0;
  for await (const { event } of from.readAll({ maxCount: eventsWanted * 2 })) if (event) seen += 1;
  return (seen / (performance.now() - started)) * 1000;
}
