import type { CreditEntry, Invoice, License, List, NextInvoice, Propagation, Quote, SeatChange } from '#contracts';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** One customer's year, in the order in which it happens: each step stands on the one before. */
describe("a customer's story, over HTTP", () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let license: string;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const moveTo = async (now: string) => {
    expect((await ledger.put('/v1/test-clock', { now })).status).toBe(200);
  };
  const current = async () => (await ledger.get<License>(license)).body;
  const nextInvoice = async () => (await ledger.get<NextInvoice>(`${license}/next-invoice`)).body;
  const pay = async (ordinal: number, amount: object | number) => {
    const payment = { amount, method: 'bank transfer', reference: `r-${ordinal}` };
    return ledger.post<Invoice>(`/v1/invoices/ACME.EXAMPLE-000${ordinal}/payments`, payment);
  };

  it('begins with 60 seats, billed in advance', async () => {
    license = await ledger.register('acme.example');
    const { items } = (await ledger.get<List<Invoice>>(`/v1/invoices?licenseId=${license.split('/')[3]}`)).body;
    expect(items).toMatchObject([
      {
        invoiceNumber: 'ACME.EXAMPLE-0001',
        status: 'open',
        issuedOn: '2026-06-01',
        dueOn: '2026-06-08',
        total: usd(60000),
      },
    ]);
    expect(await nextInvoice()).toMatchObject({ issuesOn: '2026-07-01', total: usd(60000) });
    expect((await pay(1, usd(60000))).body).toMatchObject({ status: 'paid', open: usd(0) });
  });

  it('has 50 people at work', async () => {
    for (let index = 0; index < 50; index++) {
      const member = {
        staffId: `agent-${index}`,
        email: `a${index}@acme.example`,
        name: `Agent ${index}`,
        role: 'agent',
      };
      expect((await ledger.post(`${license}/staff`, member)).status).toBe(201);
    }
    expect(await current()).toMatchObject({ activeStaff: 50, seats: 60 });
    const count = await ledger.get('/Base/staff/getcount?domain=acme.example');
    expect(count.body).toEqual({ text: '50' });
  });

  it('reduces to 48 seats on the 11th, as quoted, with two people disabled', async () => {
    await moveTo('2026-06-11T12:00:00Z');
    const refused = await ledger.post(`${license}/seat-changes`, { seats: 48 });
    expect(refused.body).toMatchObject({ code: 'staff-count-exceeded', disable: 2 });
    const change = { seats: 48, disableStaff: ['agent-0', 'agent-1'] };
    const { body: quote } = await ledger.post<Quote>(`${license}/quotes`, change);
    const { quoteToken } = quote;
    const { status, body } = await ledger.post<SeatChange>(`${license}/seat-changes`, { ...change, quoteToken });
    expect(status).toBe(201);
    expect(body.credit).toEqual(usd(8000));
    expect(body.nextInvoice).toEqual(quote.nextInvoice);
    expect(await nextInvoice()).toEqual(quote.nextInvoice);
    expect(await current()).toMatchObject({ seats: 48, activeStaff: 48, creditBalance: usd(8000) });
    const propagations = (await ledger.get<List<Propagation>>(`${license}/propagations`)).body.items;
    expect(propagations).toMatchObject([{ changeId: body.changeId, kind: 'SeatsReduced', status: 'pending' }]);
  });

  it('gets back up to 60 on the 21st, and gives half of the credit back', async () => {
    await moveTo('2026-06-21T00:00:00Z');
    const { body } = await ledger.post<SeatChange>(`${license}/seat-changes`, { seats: 60 });
    expect(body).toMatchObject({ reinstatedSeats: 12, credit: usd(-4000), creditBalance: usd(4000) });
  });

  it('is invoiced at the boundary by itself, with the credit applied', async () => {
    await moveTo('2026-07-01T00:00:00Z');
    const { body } = await ledger.get<Invoice>('/v1/invoices/ACME.EXAMPLE-0002');
    expect(body).toMatchObject({ gross: usd(60000), creditApplied: usd(4000), total: usd(56000), status: 'open' });
    const credits = (await ledger.get<List<CreditEntry>>(`${license}/credits`)).body;
    expect(credits).toMatchObject({ balance: usd(0) });
    const kinds = credits.items.map(({ kind, amount }) => `${kind} ${amount.amount}`);
    expect(kinds.sort()).toEqual(['applied -4000', 'granted 8000', 'reversed -4000']);
  });

  it('forgets to pay: past due, then expired, then back by paying', async () => {
    await moveTo('2026-07-09T00:00:00Z');
    expect((await current()).status).toBe('past_due');
    await moveTo('2026-07-16T00:00:00Z');
    expect((await current()).status).toBe('expired');
    expect((await ledger.post(`${license}/seat-changes`, { seats: 61 })).body['code']).toBe('license-expired');
    expect((await pay(2, usd(56001))).body).toMatchObject({ code: 'overpayment' });
    expect((await pay(2, 56000)).body).toMatchObject({ status: 'paid' });
    expect((await current()).status).toBe('active');
  });

  it('changes its plan for the next cycle, and gets a goodwill credit', async () => {
    const prices = [{ currency: 'USD', interval: 'month', amount: 1500 }];
    await ledger.put('/v1/plans/pro', { name: 'Pro', prices });
    expect((await ledger.post(`${license}/plan-changes`, { planId: 'pro' })).status).toBe(201);
    expect((await ledger.post(`${license}/credits`, { amount: usd(500), reason: 'sorry' })).status).toBe(201);
    expect(await nextInvoice()).toMatchObject({ gross: usd(90000), creditApplied: usd(500), total: usd(89500) });
    await moveTo('2026-08-01T00:00:00Z');
    const { body } = await ledger.get<Invoice>('/v1/invoices/ACME.EXAMPLE-0003');
    expect(body).toMatchObject({ total: usd(89500), lines: [{ planId: 'pro', quantity: 60 }] });
  });

  it('leaves, and is invoiced no more', async () => {
    expect((await pay(3, 89500)).status).toBe(201);
    const { status, body } = await ledger.post(`${license}/cancellation`, { reason: 'moving on' });
    expect([status, body['endsOn']]).toEqual([201, '2026-09-01']);
    await moveTo('2027-01-01T00:00:00Z');
    expect(await current()).toMatchObject({ status: 'cancelled' });
    expect((await ledger.get('/v1/invoices/ACME.EXAMPLE-0004')).status).toBe(404);
  });

  it('tells the same of the past', async () => {
    const { body } = await ledger.get<License>(`${license}?asOf=2026-06-15T00:00:00Z`);
    expect(body).toMatchObject({ seats: 48, status: 'active', creditBalance: usd(8000), planId: 'team' });
  });
});
