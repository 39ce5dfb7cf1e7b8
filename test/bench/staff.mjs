/**
 * Staff added per second over HTTP at 64 connections, in one run with seat changes on the same ledger: what sealing a
 * person costs shows as the ratio of the two. Rounds alternate, so that what else the machine does falls on both; the
 * ratio is of the medians. Every license has its key by then, read once a minute, as in service.
 *
 *   node test/bench/staff.mjs [--seconds 6] [--rounds 5] [--connections 64] [--licenses 500]
 */
import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import { issueLocalToken } from '#auth';
import { machine, median, option, Stage } from './support.mjs';

const seconds = option('seconds', 6);
const rounds = option('rounds', 5);
const connections = option('connections', 64);
const licenses = option('licenses', 500);

const stage = new Stage();
try {
  const dataDir = stage.folder();
  const ledger = await stage.ledger({
    EVENTSTORE_CONNECTION_STRING: await stage.eventStore(),
    DATABASE_URL: await stage.postgres(),
    LEDGER_DATA_DIR: dataDir,
  });
  const token = await issueLocalToken(dataDir, { role: 'admin' });
  const ids = await registerLicenses(ledger, token);
  const member = () => {
    const staffId = randomUUID();
    return { staffId, email: `${staffId}@bench.example`, name: 'Somebody Benchmarked', role: 'agent' };
  };
  const adds = { path: 'staff', body: member };
  let changed = 0;
  // Other seats each time, so that none is refused as unchanged.
  const changes = { path: 'seat-changes', body: () => ({ seats: 90_000 + (changed++ % 9_973) }) };
  await load(ledger, ids, token, adds);

  const rates = { adds: [], changes: [] };
  for (let round = 0; round < rounds; round += 1) {
    rates.adds.push(await load(ledger, ids, token, adds));
    rates.changes.push(await load(ledger, ids, token, changes));
  }
  console.log(`${machine()}; ${rounds} rounds of ${seconds} s, ${connections} connections, ${licenses} licenses`);
  console.table({ 'staff added': row(rates.adds), 'seat changes': row(rates.changes) });
  console.log(`ratio of staff added to seat changes ${(median(rates.adds) / median(rates.changes)).toFixed(2)}`);
} finally {
  await stage.end();
}

function row(values) {
  return { 'per second, median': Math.round(median(values)), rounds: values.map(Math.round).join(' ') };
}

async function registerLicenses(url, bearer) {
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
  await call('PUT', '/v1/plans/bench', { name: 'Bench', prices });
  const found = [];
  for (let n = 0; n < licenses; n += 1) {
    const domain = `bench-${n}.example`;
    const terms = { planId: 'bench', seats: 99_999, currency: 'USD', interval: 'month' };
    const { licenseId } = await call('POST', '/v1/licenses', { domain, billingEmail: `b@${domain}`, ...terms });
    found.push(licenseId);
  }
  return found;
}

/** @returns how many were taken a second; each request is for the next license */
async function load(url, ids, bearer, { path, body }) {
  let turn = 0;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers,
        setupRequest(request) {
          const n = turn++;
          const license = ids[n % ids.length];
          return { ...request, path: `/v1/licenses/${license}/${path}`, body: JSON.stringify(body()) };
        },
      },
    ],
  });
  if (result['2xx'] === 0 || result.non2xx > result['2xx'] / 20) {
    throw new Error(`${path}: ${result.non2xx} of ${result.requests.total} were refused`);
  }
  return result['2xx'] / result.duration;
}
