/**
 * A billing run over licenses that are due in the same minute, while customers change their seats: renewals per second as
 * a ratio to bare appends in the same run, and the commands' latency during the run and after it.
 *
 * The licenses began a month ago today and have paid for that month: each is due for one invoice. Their events are
 * decided by the license itself, appended straight to the store, and projected before the service starts. Commands go
 * to licenses that are not due, at their times, whether or not earlier ones are answered. The service runs as
 * `npm start` runs it, all roles in one process, but on PostgreSQL; the node and PostgreSQL wait for the disk on each
 * commit.
 *
 *   node test/bench/renewals.mjs [--licenses 100000] [--commands 20] [--quiet-seconds 20]
 *     [--embedded]  the read model in PGlite instead of PostgreSQL
 *     [--separate]  api, projector and worker each as a process of their own
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import pg from 'pg';
import { v5 as uuidV5 } from 'uuid';
import { issueLocalToken } from '#auth';
import { EventStore } from '#event-store';
import { decide, encodeEvent, licenseIdOf, licenseStream } from '#license';
import { ledgerSchema } from '#read-model';
import { callerOf, dist, inChunks, machine, option, percentile, Stage } from './support.mjs';

const licenses = option('licenses', 100_000);
const commandsPerSecond = option('commands', 20);
const quietSeconds = option('quiet-seconds', 20);
const busyLicenses = 200;
const appendSeconds = 8;
const inFlight = 64;
const isEmbedded = process.argv.includes('--embedded');
const roles = process.argv.includes('--separate') ? ['api', 'projector', 'worker'] : ['api,projector,worker'];

const edition = {
  effectiveAt: '2020-01-01T00:00:00.000Z',
  name: 'Bench',
  prices: [{ currency: 'USD', interval: 'month', amountMinor: 1000 }],
};
const catalogue = new Map([['bench', [edition]]]);

let turns = 0;
const stage = new Stage();
try {
  const eventStore = await stage.eventStore();
  const database = isEmbedded ? await embeddedReadModel() : await stage.postgres();
  const dataDir = stage.folder();
  const servers = {
    EVENTSTORE_CONNECTION_STRING: eventStore,
    DATABASE_URL: database,
    REDIS_URL: await stage.redis(),
    LEDGER_DATA_DIR: dataDir,
  };
  const rows = new pg.Pool({ connectionString: database, max: 1 });
  stage.onEnd(() => rows.end());

  const sample = await writeLicenses(eventStore);
  await project(servers, rows);
  const appends = [await bareAppends(eventStore, sample)];

  const [ledger] = await inChunks(1, roles, (role) => stage.ledger(servers, ['--roles', role]));
  const call = callerOf(ledger, await issueLocalToken(dataDir, { role: 'admin' }));
  let isOver = false;
  const [run, busy] = await Promise.all([
    billingRun(call).finally(() => (isOver = true)),
    commands(call, () => isOver),
  ]);
  const quietUntil = performance.now() + quietSeconds * 1000;
  const quiet = await commands(call, () => performance.now() > quietUntil);
  appends.push(await bareAppends(eventStore, sample));
  await check(rows);

  const bare = (appends[0] + appends[1]) / 2;
  console.log(
    `${machine()}; ${licenses} licenses, roles ${roles.join(' | ')}, ${isEmbedded ? 'PGlite' : 'PostgreSQL'}`,
  );
  console.log(`renewals ${Math.round(run.perSecond)}/s, bare appends ${appends.map(Math.round).join(' and ')}/s`);
  console.log(`ratio ${(run.perSecond / bare).toFixed(2)}; each tenth of the run: ${run.tenths.join(' ')}/s`);
  console.table({ 'during the run': summary(busy), 'after it': summary(quiet) });
} finally {
  await stage.end();
}

async function embeddedReadModel() {
  const main = dist('libs/platform/src/read-model-server/read-model-server.main.js');
  return (await stage.fork(main, [stage.folder()])).connectionString;
}

/** @returns the event of an invoice, for the bare appends */
async function writeLicenses(connectionString) {
  const store = new EventStore(connectionString);
  await append(store, 'plan-bench', [{ type: 'PlanDefined', data: { planId: 'bench', ...edition } }]);
  const today = new Date().toISOString();
  let sample;
  await inChunks(512, Array.from({ length: licenses + busyLicenses }), async (_, n) => {
    const isDue = n < licenses;
    const events = registered(
      isDue ? `due-${n}.example` : busyDomain(n - licenses),
      isDue ? aMonthBefore(today) : today,
    );
    sample ??= events.find(({ type }) => type === 'InvoiceIssued');
    await append(
      store,
      licenseStream(events[0].data.licenseId),
      events.map((event) => encodeEvent(event)),
    );
  });
  await store.close();
  return sample;
}

/** What registering a license at a moment brought about; what begins before today is paid. */
function registered(domain, now) {
  const terms = { planId: 'bench', seats: 60, currency: 'USD', interval: 'month', timeZone: 'UTC' };
  const command = { type: 'RegisterLicense', domain, billingEmail: `b@${domain}`, ...terms };
  return decide({ ...command, paidThrough: new Date().toISOString().slice(0, 10) }, null, { now, catalogue }).accepted;
}

/** The day of last month whose next boundary has begun: the last one, where that month is shorter. */
function aMonthBefore(instant) {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 2, Math.min(day, lastDay), 12)).toISOString();
}

function busyDomain(n) {
  return `busy-${n}.example`;
}

function append(store, stream, events) {
  const proposed = events.map(({ type, version = 1, data }, index) => {
    const commandId = uuidV5(String(index), uuidV5(stream, uuidV5.DNS));
    const actor = { id: 'bench', role: 'admin' };
    const metadata = { commandId, requestHash: 'bench', schemaVersion: version, actor };
    return { id: commandId, type, json: JSON.stringify(data), metadataJson: JSON.stringify(metadata) };
  });
  return store.append({ stream, expectedRevision: -1n, events: proposed });
}

/** Fills the read model, by a projector that ends when it has. */
async function project(env, pool) {
  const projecting = new Stage();
  try {
    await projecting.ledger(env, ['--roles', 'projector']);
    for (let count = 0; count < licenses + busyLicenses; await wait(500)) {
      count = Number((await pool.query(`SELECT count(*) AS n FROM ${ledgerSchema}.licenses`)).rows[0].n);
    }
  } finally {
    await projecting.end();
  }
  await pool.query('ANALYZE');
}

async function billingRun(call) {
  const begunAt = performance.now();
  const seen = [];
  let run = await call('POST', '/v1/billing/runs', {});
  const due = run.due;
  for (;;) {
    seen.push({ atMs: performance.now() - begunAt, done: run.done });
    if (run.status === 'finished') break;
    await wait(250);
    run = await call('GET', `/v1/billing/runs/${run.runId}`);
  }
  if (run.failed > 0) throw new Error(`${run.failed} licenses failed: ${JSON.stringify(run.failures[0])}`);
  const endMs = seen.at(-1).atMs;
  const doneAt = (ms) => seen.findLast(({ atMs }) => atMs <= ms)?.done ?? 0;
  const tenths = Array.from({ length: 10 }, (_, n) => doneAt((endMs * (n + 1)) / 10) - doneAt((endMs * n) / 10));
  return { perSecond: (due / endMs) * 1000, tenths: tenths.map((done) => Math.round((done / endMs) * 10_000)) };
}

/** Seat changes at their times until it is over. @returns their latencies */
async function commands(call, isOver) {
  const begunAt = performance.now();
  const sent = [];
  for (let n = 0; !isOver(); n += 1) {
    await wait(Math.max(0, begunAt + (n * 1000) / commandsPerSecond - performance.now()));
    sent.push(changeSeats(call, n));
  }
  return Promise.all(sent);
}

async function changeSeats(call, n) {
  const path = `/v1/licenses/${licenseIdOf(busyDomain(n % busyLicenses))}/seat-changes`;
  const sentAt = performance.now();
  await call('POST', path, { seats: 100 + (turns++ % 100_000) });
  return performance.now() - sentAt;
}

async function bareAppends(connectionString, { type, data }) {
  const client = EventStoreDBClient.connectionString(connectionString);
  const metadata = {
    commandId: randomUUID(),
    requestHash: '',
    schemaVersion: 1,
    actor: { id: 'time', role: 'system' },
  };
  let done = 0;
  const begunAt = performance.now();
  const until = begunAt + appendSeconds * 1000;
  const writer = async () => {
    const stream = `bench-${randomUUID()}`;
    for (let revision = -1n; performance.now() < until; done += 1) {
      const expectedRevision = revision < 0n ? 'no_stream' : revision;
      const event = jsonEvent({ id: randomUUID(), type, data, metadata });
      ({ nextExpectedRevision: revision } = await client.appendToStream(stream, event, { expectedRevision }));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
  await client.dispose();
  return (done / (performance.now() - begunAt)) * 1000;
}

/** Each license has its two invoices, and no other. */
async function check(pool) {
  const sql = `SELECT count(*) AS invoices, count(DISTINCT license_id) AS of FROM ${ledgerSchema}.invoices`;
  const { invoices, of } = (await pool.query(sql)).rows[0];
  if (Number(invoices) === 2 * licenses + busyLicenses && Number(of) === licenses + busyLicenses) return;
  throw new Error(`${of} licenses have ${invoices} invoices`);
}

function summary(latenciesMs) {
  return {
    commands: latenciesMs.length,
    'p50, ms': percentile(latenciesMs, 50),
    'p99, ms': percentile(latenciesMs, 99),
    'longest, ms': percentile(latenciesMs, 100),
  };
}
