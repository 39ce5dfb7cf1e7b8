/**
 * Whether a customer can tell by the time of a 404 that there is a license which is not its own.
 *
 *   node test/bench/strangers.mjs [--calls 1000] [--changes 200]
 *
 * For each route, calls on a foreign license with a history of so many changes and on ids that there are not, in random
 * order. `told apart` is how often the slower of two such calls is the one on the foreign license: 0.50 is a coin.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { callerOf, dist, machine, median, option, Stage } from './support.mjs';

const calls = option('calls', 1_000);
const changes = option('changes', 200);
const stage = new Stage();
try {
  const dataDir = stage.folder();
  const url = await stage.ledger({ LEDGER_DATA_DIR: dataDir });
  const { issueLocalToken } = await import(dist('libs/auth/src/tokens/issue-local-token.js'));
  const ask = callerOf(url, await issueLocalToken(dataDir, { role: 'admin' }));
  const prices = [{ currency: 'USD', interval: 'month', amount: 1_000 }];
  await ask('PUT', '/v1/plans/team', { name: 'Team', prices });
  const terms = { planId: 'team', seats: 60, currency: 'USD', interval: 'month' };
  const license = await ask('POST', '/v1/licenses', { ...terms, domain: 'a.example', billingEmail: 'a@a.example' });
  for (let n = 0; n < changes; n++) {
    await ask('POST', `/v1/licenses/${license.licenseId}/seat-changes`, { seats: 61 + (n % 2) });
  }
  const customer = await issueLocalToken(dataDir, { role: 'customer', email: 'eve@elsewhere.example' });

  /** Milliseconds until the answer, which has to be 404. */
  const timed = async ([method, path, body], { licenseId, domain }) => {
    const headers = { authorization: `Bearer ${customer}`, ...(body && { 'content-type': 'application/json' }) };
    const target = url + path.replace('LICENSE', licenseId).replace('DOMAIN', domain);
    const startedAt = performance.now();
    const response = await fetch(target, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    await response.text();
    if (response.status !== 404) throw new Error(`${method} ${target} answered ${response.status}`);
    return performance.now() - startedAt;
  };
  const nobody = () => ({ licenseId: randomUUID(), domain: `${randomUUID()}.example` });
  const routes = [
    ['GET', '/v1/licenses/LICENSE'],
    ['GET', '/v1/licenses/LICENSE/credits'],
    ['GET', '/v1/invoices/A.EXAMPLE-0001'],
    ['POST', '/v1/licenses/LICENSE/seat-changes', { seats: 5 }],
    ['POST', '/v1/licenses/LICENSE/quotes', { seats: 5 }],
    ['GET', '/v1/helpdesks/DOMAIN/entitlement'],
    ['GET', '/Base/staff/getcount?domain=DOMAIN'],
  ];
  console.log(machine());
  for (const route of routes) {
    const times = { foreign: [], nobodys: [] };
    for (let n = 0; n < 2 * calls; n++) {
      const kind = randomInt(2) === 0 ? 'foreign' : 'nobodys';
      const unknown = [route[0], route[1].replace('A.EXAMPLE', 'B.EXAMPLE'), route[2]];
      times[kind].push(await timed(kind === 'foreign' ? route : unknown, kind === 'foreign' ? license : nobody()));
    }
    const [foreign, nobodys] = [median(times.foreign), median(times.nobodys)];
    console.log(
      `${route[0]} ${route[1]}`.padEnd(48),
      `median ${foreign.toFixed(2)} ms foreign, ${nobodys.toFixed(2)} ms nobody's, ratio ${(foreign / nobodys).toFixed(2)},`,
      `told apart ${toldApart(times).toFixed(2)}`,
    );
  }
} finally {
  await stage.end();
}

/** The share of pairs of which the foreign one took longer. */
function toldApart({ foreign, nobodys }) {
  const sorted = nobodys.toSorted((a, b) => a - b);
  const below = (time) => sorted.findIndex((other) => other >= time);
  const wins = foreign.reduce((sum, time) => sum + (below(time) < 0 ? sorted.length : below(time)), 0);
  return wins / (foreign.length * nobodys.length);
}
