/**
 * From the answer of a command to the arrival of its event at each endpoint: the service in one process on PostgreSQL,
 * many endpoints in this process, some of which take a call and never answer. The figures are of the others.
 *
 *   node test/bench/webhooks.mjs [--endpoints 200] [--stuck 10] [--rate 2] [--seconds 20] [--licenses 50]
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { issueLocalToken } from '#auth';
import { callerOf, inChunks, machine, option, percentile, Stage } from './support.mjs';

const endpoints = option('endpoints', 200);
const stuck = option('stuck', 10);
const rate = option('rate', 2);
const seconds = option('seconds', 20);
const licenses = option('licenses', 50);
const arrivalMaxMs = 60_000;

const stage = new Stage();
try {
  const dataDir = stage.folder();
  const env = {
    EVENTSTORE_CONNECTION_STRING: await stage.eventStore(),
    DATABASE_URL: await stage.postgres(),
    REDIS_URL: await stage.redis(),
    LEDGER_DATA_DIR: dataDir,
  };
  const ledger = await stage.ledger(env);
  const call = callerOf(ledger, await issueLocalToken(dataDir, { role: 'admin' }));
  const receivers = await startReceivers();
  stage.onEnd(() => receivers.stop());
  await call('PUT', '/v1/plans/bench', {
    name: 'Bench',
    prices: [{ currency: 'USD', interval: 'month', amount: 1000 }],
  });
  const known = await inChunks(16, Array.from({ length: licenses }), async (_, n) => {
    const domain = `bench-${n}.example`;
    const terms = { planId: 'bench', seats: 60, currency: 'USD', interval: 'month' };
    return (await call('POST', '/v1/licenses', { domain, billingEmail: `b@${domain}`, ...terms })).licenseId;
  });
  const residentBefore = await resident();
  await inChunks(8, Array.from({ length: endpoints }), (_, n) =>
    call('POST', '/v1/webhooks', { url: receivers.url(n) }),
  );
  // Every worker has met every endpoint, and the stuck ones hang.
  await change(0, 100);
  await wait(10_000);
  receivers.reset();

  const answeredAt = new Map();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: rate * seconds }, async (_, n) => {
      await wait(Math.max(0, begun + (n / rate) * 1000 - performance.now()));
      const { licenseId, revision } = await change(n % licenses, 200 + n);
      answeredAt.set(`${licenseId} ${revision + 1}`, performance.now());
    }),
  );
  const expected = answeredAt.size * (endpoints - stuck);
  const latest = performance.now() + arrivalMaxMs;
  while (receivers.arrivals(answeredAt).length < expected && performance.now() < latest) await wait(50);
  const latencies = receivers.arrivals(answeredAt);
  console.log(`${machine()}; ${endpoints} endpoints, ${stuck} of them stuck; ${rate} events/s for ${seconds} s`);
  console.table({
    arrived: `${latencies.length} of ${expected}`,
    'p50 ms': percentile(latencies, 50),
    'p99 ms': percentile(latencies, 99),
    'resident before, MB': residentBefore,
    'resident after, MB': await resident(),
  });

  function change(n, seats) {
    return call('POST', `/v1/licenses/${known[n]}/seat-changes`, { seats });
  }

  async function resident() {
    const text = await (await fetch(`${ledger}/metrics`)).text();
    return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);
  }
} finally {
  await stage.end();
}

async function startReceivers() {
  let arrived = new Map();
  const server = createServer((request, response) => {
    const n = Number(request.url.slice(1));
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (n < stuck) return;
      const at = performance.now();
      const { subject, sequence } = JSON.parse(Buffer.concat(chunks).toString());
      const key = `${subject} ${Number(sequence)}`;
      const times = arrived.get(key) ?? new Map();
      if (!times.has(n)) times.set(n, at);
      arrived.set(key, times);
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: (n) => `http://127.0.0.1:${server.address().port}/${n}`,
    reset: () => (arrived = new Map()),
    /** Milliseconds from each answer to each endpoint; an arrival before the answer counts as 0. */
    arrivals: (answeredAt) =>
      [...answeredAt].flatMap(([key, at]) =>
        [...(arrived.get(key)?.values() ?? [])].map((time) => Math.max(0, time - at)),
      ),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
