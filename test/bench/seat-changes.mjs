/**
 * Seat changes per second over HTTP at 64 connections, in one run with two baselines on the same machine:
 *
 * - bare appends through the client, 64 in flight, to the same node, of events of the same size;
 * - a CRUD service (crud-service.mjs) at 64 connections, on the same PostgreSQL.
 *
 * Rounds alternate, so that what else the machine does falls on all alike; the ratios are of the medians.
 * The node and PostgreSQL wait for the disk on each commit. The ledger runs as `npm start` runs it: one process with
 * all roles, projecting into the same PostgreSQL while it is measured.
 *
 *   node test/bench/seat-changes.mjs [--seconds 8] [--rounds 3] [--connections 64] [--licenses 1000]
 *     [--api-only]  without the projector: how much of the machine is its share
 */
import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import autocannon from 'autocannon';
import { issueLocalToken } from '#auth';
import { machine, median, option, Stage } from './support.mjs';

const seconds = option('seconds', 8);
const rounds = option('rounds', 3);
const connections = option('connections', 64);
const licenses = option('licenses', 1000);
// The queues of an api without workers are never filled: any place will do for them.
const apiOnly = process.argv.includes('--api-only');
const roles = apiOnly ? ['--roles', 'api'] : [];

const stage = new Stage();
try {
  const eventStore = await stage.eventStore();
  const database = await stage.postgres();
  const dataDir = stage.folder();
  const ledger = await stage.ledger(
    {
      EVENTSTORE_CONNECTION_STRING: eventStore,
      DATABASE_URL: database,
      LEDGER_DATA_DIR: dataDir,
      ...(apiOnly && { REDIS_URL: 'redis://127.0.0.1:1' }),
    },
    roles,
  );
  const crud = await stage.fork(new URL('crud-service.mjs', import.meta.url).pathname, [], { DATABASE_URL: database });
  const token = await issueLocalToken(dataDir, { role: 'admin' });
  const client = EventStoreDBClient.connectionString(eventStore);
  stage.onEnd(() => client.dispose());

  const licenseIds = await registerLicenses(ledger, token);
  for (const id of licenseIds) await fetch(`${crud.url}/licenses/${id}`, { method: 'PUT' });
  const sample = await newestSeatChange(client, licenseIds[0], ledger, token);

  const rates = { ledger: [], appends: [], crud: [] };
  const latencies = [];
  for (let round = 0; round < rounds; round += 1) {
    const changed = await load(ledger, (id) => `/v1/licenses/${id}/seat-changes`, licenseIds, token);
    rates.ledger.push(changed.rate);
    latencies.push(changed.latency);
    rates.appends.push(await bareAppends(client, sample));
    rates.crud.push((await load(crud.url, (id) => `/licenses/${id}/seat-changes`, licenseIds)).rate);
  }

  const [ledgerRate, appendRate, crudRate] = [median(rates.ledger), median(rates.appends), median(rates.crud)];
  console.log(`${machine()}; ${rounds} rounds of ${seconds} s, ${connections} connections, ${licenses} licenses`);
  console.table({
    'seat changes over HTTP': row(rates.ledger),
    'bare appends, client': row(rates.appends),
    'CRUD service': row(rates.crud),
  });
  console.log(`latency of seat changes: p50 ${latencies.at(-1).p50} ms, p99 ${latencies.at(-1).p99} ms`);
  console.log(`ratio to bare appends ${(ledgerRate / appendRate).toFixed(2)} (aim 0.45)`);
  console.log(`ratio to the CRUD service ${(ledgerRate / crudRate).toFixed(2)} (aim 1.2)`);
} finally {
  await stage.end();
}

function row(values) {
  return { 'per second, median': Math.round(median(values)), rounds: values.map(Math.round).join(' ') };
}

async function registerLicenses(url, token) {
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await call('PUT', '/v1/plans/bench', {
    name: 'Bench',
    prices: [{ currency: 'USD', interval: 'month', amount: 1000 }],
  });
  const ids = [];
  for (let from = 0; from < licenses; from += connections) {
    const some = Array.from({ length: Math.min(connections, licenses - from) }, (_, index) => from + index);
    const registered = some.map((n) =>
      call('POST', '/v1/licenses', {
        domain: `bench-${n}.example`,
        billingEmail: `billing@bench-${n}.example`,
        planId: 'bench',
        seats: 60,
        currency: 'USD',
        interval: 'month',
      }),
    );
    ids.push(...(await Promise.all(registered)).map(({ licenseId }) => licenseId));
  }
  return ids;
}

/** Each request changes the next license's seats, up and down in turn, so that none is refused as unchanged. */
async function load(url, path, ids, token) {
  let turn = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest(request) {
          const n = turn++;
          const up = Math.floor(n / ids.length) % 2 === 0;
          return {
            ...request,
            path: path(ids[n % ids.length]),
            headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
            body: JSON.stringify({ seats: (up ? 70 : 50) + Math.floor(n / (2 * ids.length)) }),
          };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  }
  return { rate: result['2xx'] / result.duration, latency: result.latency };
}

async function newestSeatChange(client, licenseId, url, token) {
  const response = await fetch(`${url}/v1/licenses/${licenseId}/seat-changes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ seats: 59 }),
  });
  if (!response.ok) throw new Error(await response.text());
  // Read to the end: the client keeps a call open for ever whose end nobody reads.
  let newest;
  const reading = { direction: 'backwards', fromRevision: 'end', maxCount: 1 };
  for await (const { event } of client.readStream(`license-${licenseId}`, reading)) newest = event;
  if (newest) return newest;
  throw new Error('the seat change left no event');
}

async function bareAppends(client, { type, data, metadata }) {
  let done = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const writer = async () => {
    const stream = `bench-${randomUUID()}`;
    for (let revision = -1n; performance.now() < until; done += 1) {
      const expectedRevision = revision < 0n ? 'no_stream' : revision;
      const event = jsonEvent({ id: randomUUID(), type, data, metadata });
      ({ nextExpectedRevision: revision } = await client.appendToStream(stream, event, { expectedRevision }));
    }
  };
  await Promise.all(Array.from({ length: connections }, writer));
  return (done / (performance.now() - started)) * 1000;
}
