import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CreditEntry, ExplainedInvoice, Invoice, License, Propagation, SeatChange, Staff } from '#contracts';
import { EventStoreProcess } from '../event-store/event-store-process.js';
import { runCli } from '../support/cli.js';
import { LedgerProcess, temporaryFolder, type Reply } from '../support/ledger-process.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const lastDay = '2026-07-05T09:00:00.000Z';

/** The steps of docs/moving-to-a-cluster.md, with a second node of our own in the place of the cluster. */
describe('a ledger whose log was moved to another server', () => {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();
  let ledger: LedgerProcess;
  let target: EventStoreProcess;
  let license: string;
  let reduced: Reply<SeatChange>;
  let before: Awaited<ReturnType<typeof everything>>;
  let movedAt: string;

  const reduce = () => ledger.post<SeatChange>(`${license}/seat-changes`, { seats: 48 }, { key: 'reduce' });

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    license = await ledger.register('acme.example');
    await ledger.register('other.example', { seats: 5, interval: 'month' });
    await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', {
      amount: usd(60000),
      method: 'card',
      reference: 'r',
    });
    await ledger.post(`${license}/staff`, { staffId: 'ada', email: 'ada@acme.example', name: 'Ada', role: 'agent' });
    await ledger.put('/v1/test-clock', { now: '2026-06-11T09:00:00Z' });
    reduced = await reduce();
    await ledger.post(`${license}/credits`, { amount: usd(500), reason: 'sorry' });
    await ledger.put('/v1/test-clock', { now: lastDay });
    before = await everything();
    expect(await ledger.stop()).toBe(0);

    movedAt = new Date().toISOString();
    const source = await EventStoreProcess.start(join(folder.path, 'event-store'));
    target = await EventStoreProcess.start(elsewhere.path);
    const connections = ['--from', source.connectionString, '--to', target.connectionString];
    const { code, output, errors } = await runCli(['events', 'copy', ...connections]);
    if (code !== 0) throw new Error(output + errors);
    await source.stop();

    rmSync(join(folder.path, 'read-model'), { recursive: true });
    rmSync(join(folder.path, 'event-store'), { recursive: true });
    const env = { LEDGER_TEST_CLOCK: lastDay, EVENTSTORE_CONNECTION_STRING: target.connectionString };
    ledger = await LedgerProcess.start(folder.path, env);
  }, 180_000);
  afterAll(async () => {
    await ledger.stop();
    await target.stop();
    folder.remove();
    elsewhere.remove();
  });

  async function everything() {
    const invoices = await ledger.all<Invoice>('/v1/invoices');
    const bodyOf = async <Body>(path: string) => (await ledger.get<Body>(path)).body;
    return {
      licenses: await ledger.all<License>('/v1/licenses'),
      staff: await ledger.all<Staff>(`${license}/staff`),
      etag: (await ledger.get(license)).headers.get('etag'),
      past: await bodyOf<License>(`${license}?asOf=2026-06-15T00:00:00Z`),
      nextInvoice: await bodyOf(`${license}/next-invoice`),
      invoices,
      explained: await Promise.all(
        invoices.map(({ invoiceNumber }) => bodyOf<ExplainedInvoice>(`/v1/invoices/${invoiceNumber}`)),
      ),
      credits: await ledger.all<CreditEntry>('/v1/credits'),
      propagations: await ledger.all<Propagation>(`${license}/propagations`),
    };
  }

  it('answers the same as before, with the times when everything was first recorded', async () => {
    expect(before.staff).toMatchObject([{ staffId: 'ada', name: 'Ada' }]);
    expect(before.credits.map(({ kind }) => kind).sort()).toEqual(['applied', 'goodwill', 'granted']);
    const recordedAt = [...before.credits, ...before.explained.map(({ explanation }) => explanation.issued)].map(
      (one) => one.recordedAt,
    );
    expect(recordedAt).toHaveLength(before.credits.length + before.invoices.length);
    for (const at of recordedAt) expect(at < movedAt).toBe(true);
    expect(await everything()).toEqual(before);
  });

  it('knew then what it had recorded then, though the new server recorded everything later', async () => {
    const known = async <Body>(path: string) => (await ledger.get<Body>(`${path}?knownAt=${movedAt}`)).body;
    expect((await known<{ items: CreditEntry[] }>(`${license}/credits`)).items).toHaveLength(before.credits.length);
    expect((await known<License>(license)).revision).toBe(Number(before.etag?.replaceAll('"', '')));
    expect((await known<{ items: Invoice[] }>('/v1/invoices')).items).toEqual(before.invoices);
  });

  it('knows the commands that it has taken, and goes on at the same revisions', async () => {
    expect(reduced.status).toBe(201);
    const again = await reduce();
    expect([again.status, again.body]).toEqual([reduced.status, reduced.body]);
    const etag = before.etag ?? '';
    const { status, headers } = await ledger.post(
      `${license}/seat-changes`,
      { seats: 50 },
      { headers: { 'if-match': etag } },
    );
    expect(status).toBe(201);
    expect(headers.get('etag')).not.toBe(etag);
    const late = await ledger.post(`${license}/seat-changes`, { seats: 51 }, { headers: { 'if-match': etag } });
    expect(late.status).toBe(412);
  });
});
