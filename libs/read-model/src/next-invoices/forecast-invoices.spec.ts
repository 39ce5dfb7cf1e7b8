import type { Invoice, NextInvoiceSummary } from '#contracts';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

/** By currency and month: how many invoices, what they charge and what of it credit pays. */
type Figures = Readonly<Record<string, readonly [invoices: number, gross: number, credit: number]>>;

const dayMs = 86_400_000;
const day = (count: number) => new Date(Date.parse('2027-06-11T09:00:00Z') + count * dayMs).toISOString();

describe.each(testDatabases())('the forecast on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  const licenses: string[] = [];

  /** Until the end of a month before February of a leap year; what is planned: other plans, an end. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, day(0));
    const prices = ['month', 'year'].map((interval, n) => ({ currency: 'USD', interval, amount: [3_000, 25_000][n] }));
    await ledger.post('/v1/plans/pro', { name: 'Pro', prices }, 'PUT');
    const register = async (domain: string, terms: object) => {
      const license = await ledger.register(domain, { paidThrough: '2027-06-12', ...terms });
      licenses.push(license);
      return license;
    };
    const saver = await register('saver.example', { seats: 90, startedOn: '2027-05-31' });
    await register('euro.example', { seats: 7, currency: 'EUR', startedOn: '2027-05-30' });
    const upgrade = await register('upgrade.example', { seats: 4, startedOn: '2027-06-01' });
    const yearly = await register('yearly.example', {
      seats: 3,
      planId: 'pro',
      interval: 'year',
      startedOn: '2024-02-29',
    });
    const ending = await register('ending.example', { seats: 20, startedOn: '2027-06-05' });
    await ledger.post(`${saver}/seat-changes`, { seats: 10 });
    await ledger.post(`${upgrade}/plan-changes`, { planId: 'pro' });
    await ledger.post(`${yearly}/credits`, { amount: { amount: 90_000, currency: 'USD' }, reason: 'an outage' });
    await ledger.post(`${ending}/cancellation`);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const forecast = async (months: number): Promise<Figures> => {
    const items = (await ledger.get(`/v1/next-invoices/forecast?months=${months}`)).body.items;
    return Object.fromEntries(
      (items as unknown as NextInvoiceSummary[]).map(({ currency, month, invoices, gross, creditApplied }) => [
        ...[`${currency} ${month}`, [invoices, gross.amount, creditApplied.amount]],
      ]),
    ) as Figures;
  };

  /** Passes what has become due, which any command does, and pays it. */
  const settle = async (license: string): Promise<void> => {
    await ledger.post(`${license}/billing-details`, { address: 'Invalidenstraße 7' }, 'PUT');
    const licenseId = license.split('/').at(-1);
    for (const status of ['open', 'overdue']) {
      const { items } = (await ledger.get(`/v1/invoices?licenseId=${licenseId}&status=${status}`)).body;
      for (const { invoiceNumber, open: amount } of items as unknown as Invoice[]) {
        await ledger.post(`/v1/invoices/${invoiceNumber}/payments`, { amount, method: 'card', reference: 'paid' });
      }
    }
  };

  it('is what is invoiced in the twelve months to come, if nothing else happens and what is due gets paid', async () => {
    const foretold = await forecast(12);
    const before = (await ledger.walk('/v1/invoices', 500)).length;
    for (let passed = 5; passed < 370; passed += 5) {
      ledger.clock.moveTo(day(passed));
      for (const license of licenses) await settle(license);
    }
    const all = (await ledger.walk('/v1/invoices', 500)) as unknown as Invoice[];
    const issued: Record<string, [number, number, number]> = {};
    for (const { issuedOn, gross, creditApplied } of all.slice(before)) {
      const month = `${gross.currency} ${issuedOn.slice(0, 7)}`;
      const [invoices, charged, credit] = issued[month] ?? [0, 0, 0];
      issued[month] = [invoices + 1, charged + gross.amount, credit + creditApplied.amount];
    }
    const months = Object.keys(foretold);
    expect(months).toHaveLength(24);
    // The last months are invoiced as far as the clock has gone.
    expect(foretold).toEqual(Object.fromEntries(months.map((month) => [month, issued[month]])));
    expect(Object.values(foretold).filter(([, , credit]) => credit > 0).length).toBeGreaterThan(3);
  }, 120_000);
});
