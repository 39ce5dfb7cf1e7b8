import { randomUUID } from 'node:crypto';
import type { LedgerProcess } from '../../support/ledger-process.js';
import type { Known } from './valid.js';

/** Plays a little, so that there is something to ask for, and gives what it is called. */
export async function playedLedger(ledger: LedgerProcess): Promise<Known> {
  const domains = ['fuzz-one.example', 'fuzz-two.example', 'fuzz-three.example'];
  const licenseIds: string[] = [];
  const changeIds: string[] = [];
  for (const domain of domains) {
    const path = await ledger.register(domain, { seats: 60 });
    licenseIds.push(path.split('/').at(-1) ?? '');
    await ledger.post(`${path}/staff`, { email: `ada@${domain}`, name: 'Ada', role: 'agent', staffId: 'ada' });
    const { body } = await ledger.post(`${path}/seat-changes`, { seats: 48 });
    changeIds.push(String(body['changeId']));
    await ledger.post(`${path}/credits`, { amount: { amount: 500, currency: 'USD' }, reason: 'sorry' });
  }
  const { body: run } = await ledger.post('/v1/billing/runs');
  const { body: page } = await ledger.get('/v1/licenses?limit=1');
  return {
    licenseId: licenseIds,
    changeId: changeIds,
    domain: domains,
    billingEmail: domains.map((domain) => `billing@${domain}`),
    invoiceNumber: domains.map((domain) => `${domain.toUpperCase()}-0001`),
    planId: ['team'],
    staffId: ['ada', 'bob'],
    currency: ['USD'],
    month: ['2026-05', '2026-06'],
    runId: [String(run['runId']), randomUUID()],
    cursor: [String(page['nextCursor'])],
    kind: ['renewal', 'push', 'deadline'],
    state: ['waiting', 'failed'],
    // A clock that goes far would have years of billing done.
    now: ['2026-06-01T09:00:00Z', '2026-06-01T09:00:01Z', '2026-06-01T09:00:02Z'],
  };
}
