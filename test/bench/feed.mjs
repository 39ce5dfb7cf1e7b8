/**
 * The event feed with many readers at once: from the answer of a seat change to its arrival at each reader, while some
 * readers are stuck, which open their stream and never read from it. The service runs as `npm start` runs it, on
 * PostgreSQL; readers and client are this process.
 *
 *   node test/bench/feed.mjs [--readers 500] [--stuck 10] [--seconds 20] [--rate 20] [--history 24000]
 */
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { issueLocalToken } from '#auth';
import { callerOf, inChunks, machine, option, percentile, processorMs, Stage } from './support.mjs';

const readers = option('readers', 500);
const stuck = option('stuck', 10);
const seconds = option('seconds', 20);
const rate = option('rate', 20);
/** Events that are there before the readers come, about 1.4 KB each: more than sockets hold for those who are stuck. */
const history = option('history', 24_000);
/** Each has come from elsewhere with ten years of monthly invoices and payments. */
const licenses = Math.ceil(history / 240);
const arrivalMaxMs = 60_000;

const stage = new Stage();
try {
  const [eventStore, database, redis] = [await stage.eventStore(), await stage.postgres(), await stage.redis()];
  const dataDir = stage.folder();
  const env = {
    EVENTSTORE_CONNECTION_STRING: eventStore,
    DATABASE_URL: database,
    REDIS_URL: redis,
    LEDGER_DATA_DIR: dataDir,
  };
  const { url, pid } = await stage.ledgerProcess(env);
  const call = callerOf(url, await issueLocalToken(dataDir, { role: 'admin' }));
  const token = await issueLocalToken(dataDir, { role: 'service' });

  const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
  await call('PUT', '/v1/plans/bench', { name: 'Bench', prices });
  const known = await inChunks(4, Array.from({ length: licenses }), async (_, n) => {
    const domain = `bench-${n}.example`;
    const terms = { planId: 'bench', seats: 60, currency: 'USD', interval: 'month', ...tenYears() };
    return (await call('POST', '/v1/licenses', { domain, billingEmail: `b@${domain}`, ...terms })).licenseId;
  });
  const change = (n, seats) => call('POST', `/v1/licenses/${known[n % licenses]}/seat-changes`, { seats });
  const before = residentMib(pid);
  const arrivals = new Map();
  for (let n = 0; n < stuck; n++) await open('start', () => undefined, true);
  for (let n = 0; n < readers - stuck; n++) await open('end', noteArrival);
  const connected = residentMib(pid);

  const latenciesMs = [];
  const usedBefore = processorMs(pid);
  const begun = performance.now();
  const sent = Array.from({ length: rate * seconds }, async (_, n) => {
    await wait(Math.max(0, begun + (n / rate) * 1000 - performance.now()));
    const { changeId } = await change(n, 2_000 + n);
    const answeredAt = performance.now();
    const giveUpAt = answeredAt + arrivalMaxMs;
    while ((arrivals.get(changeId)?.length ?? 0) < readers - stuck) {
      if (performance.now() > giveUpAt) throw new Error(`${changeId} did not reach all readers`);
      await wait(5);
    }
    for (const arrivedAt of arrivals.get(changeId)) latenciesMs.push(Math.max(0, arrivedAt - answeredAt));
    arrivals.delete(changeId);
  });
  await Promise.all(sent);
  const after = residentMib(pid);
  const usedMs = processorMs(pid) - usedBefore;

  console.log(`${machine()}; ${readers} readers, ${stuck} of them stuck, ${rate} changes a second for ${seconds} s`);
  console.table({
    'from answer to arrival': {
      arrivals: latenciesMs.length,
      'p50, ms': percentile(latenciesMs, 50),
      'p99, ms': percentile(latenciesMs, 99),
      'longest, ms': percentile(latenciesMs, 100),
      'processor time of the service for each, µs': Math.round((usedMs * 1000) / latenciesMs.length),
    },
  });
  console.table({
    'service, MiB resident': { 'before the readers': before, 'all connected': connected, 'at the end': after },
  });

  function noteArrival(data) {
    const arrivedAt = performance.now();
    const [, changeId] = /"changeId":"([^"]+)"/.exec(data) ?? [];
    const known = arrivals.get(changeId);
    if (known) known.push(arrivedAt);
    else arrivals.set(changeId, [arrivedAt]);
  }

  /** Opens a stream, and resolves when it has begun; a stuck one is not read from. */
  function open(from, onData, isStuck = false) {
    return new Promise((resolve, reject) => {
      const request = get(`${url}/v1/events?after=${from}`, {
        headers: { authorization: `Bearer ${token}` },
        agent: false,
      });
      stage.onEnd(() => request.destroy());
      request.on('error', reject).on('response', (response) => {
        response.on('error', () => undefined);
        if (isStuck) return resolve(response.pause());
        let rest = '';
        response.setEncoding('utf8').on('data', (text) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop();
          for (const line of lines) if (line.startsWith('data: ')) onData(line.slice(6));
          resolve(response);
        });
      });
    });
  }
} finally {
  await stage.end();
}

function tenYears() {
  const dayMs = 86_400_000;
  const [now, later] = [new Date(), new Date(Date.now() + 40 * dayMs)].map((date) => date.toISOString().slice(0, 10));
  return { startedOn: `${Number(now.slice(0, 4)) - 10}-01-01`, paidThrough: later };
}

/** What the process holds in memory; NaN where the system does not tell it. */
function residentMib(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return NaN;
  }
}
