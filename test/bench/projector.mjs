/**
 * Events per second of the projector catching up on a log of seat changes, into PostgreSQL and into the embedded PGlite,
 * against a bare read of `$all` through the client, in one process, from the same node.
 *
 * The log: 1,000 licenses whose seats go up and down within one cycle, decided by the license itself. Every round
 * projects all of it into an empty schema. The bare read counts the events and does nothing else.
 *
 *   node test/bench/projector.mjs [--events 200000] [--rounds 3] [--licenses 1000]
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import pg from 'pg';
import { v5 as uuidV5 } from 'uuid';
import { EventStore } from '#event-store';
import { decide, encodeEvent, evolveAll, licenseIdOf, licenseStream } from '#license';
import { migrate, openPool, Progress, Projector } from '#projection-engine';
import { LedgerProjection, migrations } from '#read-model';
import { dist, machine, median, option, Stage } from './support.mjs';

const eventsWanted = option('events', 200_000);
const rounds = option('rounds', 3);
const licenses = option('licenses', 1000);

const stage = new Stage();
try {
  const eventStore = await stage.eventStore();
  const store = new EventStore(eventStore);
  stage.onEnd(() => store.close());
  const client = EventStoreDBClient.connectionString(eventStore);
  stage.onEnd(() => client.dispose());
  await writeLog(store);
  const end = await store.lastPosition();

  const databases = {
    PostgreSQL: await stage.postgres(),
    PGlite: (await stage.fork(dist('libs/platform/src/read-model-server/read-model-server.main.js'), [stage.folder()]))
      .connectionString,
  };
  const rates = { 'bare read': [], PostgreSQL: [], PGlite: [] };
  for (let round = 0; round < rounds; round += 1) {
    rates['bare read'].push(await bareRead(client));
    for (const [name, url] of Object.entries(databases)) {
      rates[name].push(await project(store, url, `bench_${round}`, end));
    }
  }
  const bare = median(rates['bare read']);
  console.log(`${machine()}; ${eventsWanted} events of ${licenses} licenses, ${rounds} rounds`);
  console.table(
    Object.fromEntries(
      Object.entries(rates).map(([name, values]) => [
        name,
        {
          'events/s, median': Math.round(median(values)),
          'to the bare read': (median(values) / bare).toFixed(2),
          rounds: values.map(Math.round).join(' '),
        },
      ]),
    ),
  );
} finally {
  await stage.end();
}

async function writeLog(to) {
  const perLicense = Math.ceil(eventsWanted / licenses);
  const catalogue = new Map([
    [
      'bench',
      [{ effectiveAt: now(0), name: 'Bench', prices: [{ currency: 'USD', interval: 'month', amountMinor: 1000 }] }],
    ],
  ]);
  await append(to, 'plan-bench', -1n, [
    { type: 'PlanDefined', version: 1, data: { planId: 'bench', ...catalogue.get('bench')[0] } },
  ]);
  // One after another within a license and many licenses at once, as they come in life.
  const streams = Array.from({ length: licenses }, (_, n) => history(`bench-${n}.example`, perLicense, catalogue));
  const chunk = 20;
  for (let from = 0; from < perLicense; from += chunk) {
    await Promise.all(
      streams.map(({ stream, events }) => append(to, stream, BigInt(from) - 1n, events.slice(from, from + chunk))),
    );
  }
}

function history(domain, count, catalogue) {
  const register = {
    type: 'RegisterLicense',
    domain,
    billingEmail: `billing@${domain}`,
    planId: 'bench',
    seats: 60,
    currency: 'USD',
    interval: 'month',
    timeZone: 'UTC',
  };
  const events = [];
  let state = null;
  for (let n = 0; events.length < count; n += 1) {
    const command = n === 0 ? register : { type: 'ChangeSeats', seats: n % 2 ? 48 : 60 };
    const { accepted } = decide(command, state, { now: now(n), catalogue });
    state = evolveAll(state, accepted);
    events.push(...accepted);
  }
  return { stream: licenseStream(licenseIdOf(domain)), events: events.map((event) => encodeEvent(event)) };
}

function now(minutes) {
  return new Date(Date.UTC(2026, 5, 1, 0, minutes)).toISOString();
}

function append(to, stream, expectedRevision, events) {
  const proposed = events.map(({ type, version, data }, index) => {
    const commandId = uuidV5(`${expectedRevision}:${index}`, uuidV5(stream, uuidV5.DNS));
    const metadata = {
      commandId,
      requestHash: 'bench',
      schemaVersion: version,
      actor: { subject: 'bench', role: 'admin' },
    };
    return { id: commandId, type, json: JSON.stringify(data), metadataJson: JSON.stringify(metadata) };
  });
  return to.append({ stream, expectedRevision, events: proposed });
}

async function bareRead(from) {
  const started = performance.now();
  let count = 0;
  for await (const { event } of from.readAll({ maxCount: eventsWanted * 2 })) if (event) count += 1;
  return (count / (performance.now() - started)) * 1000;
}

async function project(from, url, schema, end) {
  const pool = openPool(url, { max: 4 });
  try {
    await migrate(pool, schema, migrations);
    const projection = new LedgerProjection(schema);
    const progress = new Progress(() => Promise.resolve(null));
    const projector = new Projector({
      pool,
      projection,
      progress,
      source: (position, signal) =>
        from.subscribeToAll({
          from: position,
          signal,
          prefixes: projection.prefixes,
          batch: { maxEvents: 500, maxWaitMs: 5 },
        }),
      log: { log() {}, warn: console.warn, error: console.error },
    });
    const started = performance.now();
    projector.start();
    if (!(await progress.waitFor(end, 600_000))) throw new Error('the projector did not catch up');
    const seconds = (performance.now() - started) / 1000;
    const { eventsTotal, parkedStreams } = projector.status();
    await projector.stop();
    if (parkedStreams > 0) throw new Error(`${parkedStreams} licenses are parked`);
    return eventsTotal / seconds;
  } finally {
    await pool.end();
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await admin.end();
  }
}
