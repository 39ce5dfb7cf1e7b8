/**
 * From the answer of a seat change to its arrival at the instance, by the rate of changes: real time, no test clock, the
 * service as `npm start` runs it, in one process, on PostgreSQL. The instances are in this process and acknowledge at
 * once. A change has arrived with the first push of its revision or a later one, which brings all that came before.
 *
 * Changes are sent at their times whether or not earlier ones are answered. An arrival before the answer counts as 0.
 *
 *   node test/bench/push-latency.mjs [--seconds 15] [--licenses 500] [--rates 5,20,50,100]
 *     [--separate]  api, projector and worker each as a process of their own
 */
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { issueLocalToken } from '#auth';
import { callerOf, inChunks, listOption, machine, option, percentile, Stage } from './support.mjs';

const seconds = option('seconds', 15);
const licenses = option('licenses', 500);
const rates = listOption('rates', [5, 20, 50, 100]);
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
  const roles = process.argv.includes('--separate') ? ['api', 'projector', 'worker'] : ['api,projector,worker'];
  const [ledger] = await inChunks(1, roles, (role) => stage.ledger(env, ['--roles', role]));
  const call = callerOf(ledger, await issueLocalToken(dataDir, { role: 'admin' }));
  const instances = await startInstances();
  stage.onEnd(() => instances.stop());

  const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
  await call('PUT', '/v1/plans/bench', { name: 'Bench', prices });
  const known = await inChunks(32, Array.from({ length: licenses }), async (_, n) => {
    const domain = `bench-${n}.example`;
    const terms = { planId: 'bench', seats: 60, currency: 'USD', interval: 'month' };
    const license = { domain, billingEmail: `b@${domain}`, callbackUrl: instances.url(domain), ...terms };
    return { domain, licenseId: (await call('POST', '/v1/licenses', license)).licenseId };
  });
  const change = ({ licenseId }, seats) => call('POST', `/v1/licenses/${licenseId}/seat-changes`, { seats });
  // Once before anything is measured, so that every process has met every license.
  await inChunks(32, known, async (license) => instances.arrival(license.domain, await change(license, 100)));

  const rows = {};
  for (const rate of rates) rows[`${rate}/s`] = summary(await measure(rate));
  console.log(`${machine()}; ${licenses} licenses, ${seconds} s for each rate, roles ${roles.join(' | ')}`);
  console.table(rows);

  async function measure(rate) {
    const begun = performance.now();
    const sent = Array.from({ length: rate * seconds }, async (_, n) => {
      await wait(Math.max(0, begun + (n / rate) * 1000 - performance.now()));
      const license = known[n % known.length];
      const answered = await change(license, 200 + ((rate * 1_009 + n) % 90_000));
      const answeredAt = performance.now();
      return Math.max(0, (await instances.arrival(license.domain, answered)) - answeredAt);
    });
    return Promise.all(sent);
  }
} finally {
  await stage.end();
}

function summary(latenciesMs) {
  const within = latenciesMs.filter((ms) => ms <= 1000).length / latenciesMs.length;
  return {
    changes: latenciesMs.length,
    'p50, ms': percentile(latenciesMs, 50),
    'p99, ms': percentile(latenciesMs, 99),
    'longest, ms': percentile(latenciesMs, 100),
    'within a second': `${(100 * within).toFixed(1)} %`,
  };
}

/** Every instance behind one address, below its domain. */
async function startInstances() {
  const received = new Map();
  const server = createServer(async (request, response) => {
    const arrivedAt = performance.now();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { domain, revision, seats } = JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ revision, seats }));
    received.set(domain, [...(received.get(domain) ?? []), { revision, arrivedAt }]);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    url: (domain) => `http://127.0.0.1:${server.address().port}/${domain}`,
    stop: () => server.closeAllConnections() ?? server.close(),
    /** @returns when the change arrived, by the monotonic clock */
    async arrival(domain, { revision }) {
      for (const giveUpAt = performance.now() + arrivalMaxMs; performance.now() < giveUpAt; await wait(5)) {
        const found = received.get(domain)?.find((push) => push.revision >= revision);
        if (found) return found.arrivedAt;
      }
      throw new Error(`revision ${revision} did not reach ${domain}`);
    },
  };
}
