import type { CreditBalanceAging, InvoiceAging, NextInvoiceSummary } from '#contracts';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe.each(testDatabases())('reports on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let acme: string;

  /** One customer with more credit than one invoice takes, one that pays yearly, and some that do not pay. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    const prices = [
      { currency: 'USD', interval: 'year', amount: 10_000 },
      { currency: 'USD', interval: 'month', amount: 2_000 },
    ];
    await ledger.post('/v1/plans/pro', { name: 'Pro', prices }, 'PUT');
    acme = await ledger.register('acme.example', { seats: 3, paidThrough: '2026-07-01' });
    await ledger.register('yearly.example', { seats: 2, planId: 'pro', interval: 'year', startedOn: '2026-05-31' });
    await ledger.register('euro.example', { seats: 5, currency: 'EUR' });
    const upgrade = await ledger.register('upgrade.example', { seats: 1, paidThrough: '2026-07-01' });
    await ledger.post(`${upgrade}/plan-changes`, { planId: 'pro' });
    // Worked example 8, and goodwill on top: 20.00 and, ten days later, 15.00.
    await ledger.post(`${acme}/seat-changes`, { seats: 1 });
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ledger.post(`${acme}/credits`, { amount: usd(1_500), reason: 'an outage' });
    ledger.clock.moveTo('2026-06-12T09:00:00.000Z');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const itemsOf = async <Item>(url: string) => (await ledger.get(url)).body.items as unknown as Item[];

  it('forecast what will be invoiced if nothing else happens, credit and planned changes included', async () => {
    const items = await itemsOf<NextInvoiceSummary>('/v1/next-invoices/forecast?currency=USD');
    const totals = items.map(({ month, invoices, gross, creditApplied, total }) => [
      ...[month, invoices, gross.amount, creditApplied.amount, total.amount],
    ]);
    // acme.example: 10.00 a month with 35.00 of credit; upgrade.example: 20.00; yearly.example: 200.00 in May.
    expect(totals).toEqual([
      ['2026-07', 2, 3_000, 1_000, 2_000],
      ['2026-08', 2, 3_000, 1_000, 2_000],
      ['2026-09', 2, 3_000, 1_000, 2_000],
      ['2026-10', 2, 3_000, 500, 2_500],
      ...['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'].map((month) => [month, 2, 3_000, 0, 3_000]),
      ['2027-05', 3, 23_000, 0, 23_000],
      ['2027-06', 2, 3_000, 0, 3_000],
    ]);
    const all = await itemsOf<NextInvoiceSummary>('/v1/next-invoices/forecast?months=24');
    expect(all.filter(({ currency }) => currency === 'EUR')).toHaveLength(24);
    expect(all.filter(({ month, invoices }) => month === '2028-05' && invoices === 3)).toHaveLength(1);
    expect((await ledger.get('/v1/next-invoices/forecast?months=61')).status).toBe(400);
  });

  it('begin with the very figures of the next invoices', async () => {
    const [first] = await itemsOf<NextInvoiceSummary>('/v1/next-invoices/forecast?months=1&currency=USD');
    const [summary] = await itemsOf<NextInvoiceSummary>('/v1/next-invoices/summary?currency=USD&issuesTo=2026-07-31');
    expect(first).toEqual(summary);
  });

  it('tell how old what is open is', async () => {
    const ages = (await itemsOf<InvoiceAging>('/v1/reports/invoice-aging')).map(({ currency, open, buckets }) => [
      currency,
      open.amount,
      ...buckets.filter(({ count }) => count > 0).map(({ name, amount }) => `${name}: ${amount.amount}`),
    ]);
    // The yearly invoice of 31 May was due on 7 June, the one in euros on the 8th: five and four days ago.
    expect(ages).toEqual([
      ['EUR', 4_500, '1-30: 4500'],
      ['USD', 20_000, '1-30: 20000'],
    ]);
  });

  it('tell how old what is left of each grant of credit is', async () => {
    const [usdAging, ...others] = await itemsOf<CreditBalanceAging>('/v1/reports/credit-balance-aging');
    expect(others).toEqual([]);
    expect(usdAging).toMatchObject({ currency: 'USD', licenses: 1, balance: usd(3_500) });
    expect(usdAging?.buckets.map(({ name, count, amount }) => [name, count, amount.amount])).toEqual([
      ['today', 0, 0],
      ['1-30', 2, 3_500],
      ['31-60', 0, 0],
      ['61-90', 0, 0],
      ['91-365', 0, 0],
      ['366+', 0, 0],
    ]);
    ledger.clock.moveTo('2026-07-11T09:00:00.000Z');
    await ledger.post(`${acme}/credits`, { amount: usd(1), reason: 'rounding' });
    const [later] = await itemsOf<CreditBalanceAging>('/v1/reports/credit-balance-aging');
    // July's invoice took 10.00 of the older grant.
    expect(later?.buckets.filter(({ count }) => count > 0).map(({ name, amount }) => [name, amount.amount])).toEqual([
      ['today', 1],
      ['1-30', 1_500],
      ['31-60', 1_000],
    ]);
  });

  it('are for billing and finance', async () => {
    for (const path of ['invoice-aging', 'credit-balance-aging']) {
      expect((await ledger.get(`/v1/reports/${path}`, { role: 'finance' })).status).toBe(200);
      expect((await ledger.get(`/v1/reports/${path}`, { role: 'support' })).status).toBe(403);
    }
  });
});
