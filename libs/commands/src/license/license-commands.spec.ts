import { SpecLedger, type Reply } from '../spec-support/spec-ledger.js';

const pick = ({ status, body }: Reply) => ({ status, body });

describe('commands on a license', () => {
  let ledger: SpecLedger;

  beforeEach(async () => {
    ledger = await SpecLedger.start();
  });
  afterEach(() => ledger.stop());

  it('find it rolled forward, at the prices of the days on which its cycles began', async () => {
    const license = await ledger.register('acme.example', { seats: 10 });
    const pay = (ordinal: number, amount: number) =>
      ledger.post(`/v1/invoices/ACME.EXAMPLE-000${ordinal}/payments`, { amount, method: 'card', reference: 'r' });
    await pay(1, 10000);
    ledger.clock.moveTo('2026-06-20T00:00:00Z');
    const prices = [{ currency: 'USD', interval: 'month', amount: 1500 }];
    await ledger.ask('PUT', '/v1/plans/team', { name: 'Team', prices });
    ledger.clock.moveTo('2026-07-03T00:00:00Z');
    const { body } = await ledger.post(`${license}/seat-changes`, { seats: 11 });
    expect(body).toMatchObject({ from: 10, to: 11, revision: 4, effectiveAt: '2026-07-03T00:00:00.000Z' });
    const [, , , issued, increased] = await ledger.eventsOf('acme.example');
    expect(issued).toMatchObject({
      type: 'InvoiceIssued',
      data: { effectiveAt: '2026-07-01T00:00:00.000Z', totalMinor: 15000 },
      metadata: { rolled: true, actor: { id: 'time' } },
    });
    expect(increased?.metadata).toMatchObject({ rolled: false, actor: { id: 'admin', role: 'admin' } });
  });

  it('record what fell due also when they are refused', async () => {
    const license = await ledger.register('late.example');
    ledger.clock.moveTo('2026-08-01T00:00:00Z');
    const { status, body } = await ledger.post(`${license}/seat-changes`, { seats: 61 });
    expect([status, body.code]).toEqual([409, 'license-expired']);
    const types = (await ledger.eventsOf('late.example')).map(({ type }) => type);
    expect(types).toEqual(['LicenseRegistered', 'InvoiceIssued', 'LicensePastDue', 'LicenseExpired']);
  });

  it('tell a stranger nothing, whose idempotency key it may have guessed', async () => {
    const license = await ledger.register('acme.example');
    const owner = { role: 'customer', email: 'billing@acme.example' } as const;
    const stranger = { role: 'customer', email: 'eve@elsewhere.example' } as const;
    const change = (path: string, seats: number, as: typeof owner | typeof stranger) =>
      ledger.post(`${path}/seat-changes`, { seats }, { as, key: 'reduce' });
    expect((await change(license, 48, owner)).status).toBe(201);
    expect((await change(license, 47, owner)).body.code).toBe('idempotency-key-reused');

    const none = await change('/v1/licenses/00000000-0000-4000-8000-000000000000', 48, stranger);
    expect([none.status, none.body.code]).toEqual([404, 'not-found']);
    for (const seats of [48, 47]) expect(await change(license, seats, stranger)).toMatchObject(pick(none));
    expect(await ledger.eventsOf('acme.example')).toHaveLength(3);
  });

  it('are answered with 503 and when to come back while the event store is away', async () => {
    const license = await ledger.register('away.example');
    await ledger.stopEventStore();
    const { status, body, headers } = await ledger.post(`${license}/seat-changes`, { seats: 61 });
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'event-store-unavailable', '1']);
  });
});
