import type { AgeBucket, CreditEntry, Invoice, InvoiceAging, NextInvoice } from '#contracts';
import { licenseIdOf } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from './spec-support/spec-ledger.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Every two lists that differ in their order only. */
const opposites = [
  ['/v1/next-invoices?', 'issuesOn'],
  ['/v1/next-invoices?currency=USD&', 'total'],
  ['/v1/next-invoices?', 'domain'],
  ['/v1/invoices?', 'issuedOn'],
  ['/v1/invoices?', 'dueOn'],
  ['/v1/invoices?status=overdue&', 'dueOn'],
  ['/v1/credits?', 'effectiveAt'],
  ['/v1/credits?currency=USD&', 'amount'],
] as const;

describe.each(testDatabases())('filters and orders of lists on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;

  /** Customers in four time zones, who began on several days and mostly do not pay. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-08-15T09:30:00.000Z');
    const group = { billingEmail: 'Group@Example.com', startedOn: '2026-08-01' };
    await ledger.register('acme.example', { startedOn: '2026-08-01', paidThrough: '2026-09-01', seats: 60 });
    await ledger.register('berta.example', { ...group, seats: 5, currency: 'EUR' });
    await ledger.register('caesar.example', { ...group, seats: 3, timeZone: 'Pacific/Kiritimati' });
    await ledger.register('dora.example', { startedOn: '2026-08-02', seats: 9, timeZone: 'Pacific/Pago_Pago' });
    await ledger.register('emil.example', { startedOn: '2026-08-07', seats: 9, timeZone: 'Europe/Berlin' });
    await ledger.register('friedrich.example', { startedOn: '2026-08-15', seats: 7 });
    const licenses = ['acme', 'berta', 'caesar', 'dora'].map((name) => licenseIdOf(`${name}.example`));
    for (const [index, licenseId] of licenses.entries()) {
      const amount = { amount: 500 * (index + 1), currency: index === 1 ? 'EUR' : 'USD' };
      await ledger.post(`/v1/licenses/${licenseId}/credits`, { amount, reason: 'an outage' });
    }
    await ledger.post(`/v1/licenses/${licenseIdOf('acme.example')}/seat-changes`, { seats: 48 });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const domainsOf = async (url: string) => (await ledger.walk(url, 2)).map(({ domain }) => domain);
  const named = (...names: string[]) => names.map((name) => `${name}.example`);

  it.each(opposites)('gives %ssort=%s page by page, and backwards with a minus', async (list, sort) => {
    const all = (await ledger.get(`${list}sort=${sort}&limit=500`)).body.items;
    expect(all.length).toBeGreaterThan(1);
    for (const limit of [1, 2, 3]) {
      expect(await ledger.walk(`${list}sort=${sort}`, limit)).toEqual(all);
      expect(await ledger.walk(`${list}sort=-${sort}`, limit)).toEqual(all.toReversed());
    }
  });

  it.each(opposites)('refuses a cursor of %ssort=%s in another order', async (list, sort) => {
    const { body } = await ledger.get(`${list}sort=${sort}&limit=1`);
    const { status, body: refusal } = await ledger.get(`${list}sort=-${sort}&cursor=${String(body.nextCursor)}`);
    expect({ status, detail: refusal['detail'] }).toEqual({
      status: 400,
      detail: 'cursor: must be the nextCursor of an earlier page of this list in the same order.',
    });
  });

  it('sorts next invoices by date, total and domain', async () => {
    const totals = (await ledger.walk('/v1/next-invoices?currency=USD&sort=-total', 1)) as unknown as NextInvoice[];
    // acme: 48 seats less the credit of 12 for 17 of 31 days; each but two less a goodwill, too.
    expect(totals.map(({ total }) => total.amount)).toEqual([48_000 - 6_581 - 500, 9_000, 7_000, 7_000, 1_500]);
    expect(totals.map(({ domain }) => domain).filter((domain) => !/dora|friedrich/.test(domain))).toEqual(
      named('acme', 'emil', 'caesar'),
    );
    expect(await domainsOf('/v1/next-invoices?sort=-domain')).toEqual(
      named('friedrich', 'emil', 'dora', 'caesar', 'berta', 'acme'),
    );
    const dates = (await ledger.walk('/v1/next-invoices?sort=-issuesOn', 2)) as unknown as NextInvoice[];
    expect(dates.map(({ issuesOn }) => issuesOn)).toEqual([
      '2026-09-15',
      '2026-09-07',
      '2026-09-02',
      '2026-09-01',
      '2026-09-01',
      '2026-09-01',
    ]);
  });

  it.each(['/v1/next-invoices', '/v1/invoices'])('finds %s by customer and currency', async (list) => {
    expect(await domainsOf(`${list}?domain=BERTA.example`)).toEqual(named('berta'));
    expect((await domainsOf(`${list}?billingEmail=GROUP@example.com`)).toSorted()).toEqual(named('berta', 'caesar'));
    expect(await domainsOf(`${list}?billingEmail=group@example.com&currency=USD`)).toEqual(named('caesar'));
    expect(await domainsOf(`${list}?currency=EUR`)).toEqual(named('berta'));
    expect(await domainsOf(`${list}?domain=acme.example&billingEmail=group@example.com`)).toEqual([]);
  });

  it('adds up the next invoices of one customer', async () => {
    const { items } = (await ledger.get('/v1/next-invoices/summary?billingEmail=group@example.com')).body;
    expect(items.map(({ currency, invoices }) => [currency, invoices])).toEqual([
      ['EUR', 1],
      ['USD', 1],
    ]);
    expect((await ledger.get('/v1/next-invoices/summary?domain=nobody.example')).body.items).toEqual([]);
  });

  it('finds invoices by when they are due', async () => {
    // Due seven days after their issue: on the 8th, 9th, 14th and 22nd.
    expect(await domainsOf('/v1/invoices?dueFrom=2026-08-09&dueTo=2026-08-17')).toEqual(named('dora', 'emil'));
    expect(await domainsOf('/v1/invoices?dueFrom=2026-08-10&sort=-dueOn')).toEqual(named('friedrich', 'emil'));
    expect(await domainsOf('/v1/invoices?status=open')).toEqual(named('friedrich'));
    expect(await domainsOf('/v1/invoices?status=open&sort=dueOn')).toEqual(named('friedrich'));
    expect(await domainsOf('/v1/invoices?status=overdue&dueFrom=2026-08-10')).toEqual(named('emil'));
  });

  it('finds invoices by how long they have been overdue, by the clock and their own time zones', async () => {
    // At midnight of the 9th in Kiritimati (+14) and in UTC, of the 10th in Pago Pago (-11) and of the 15th in Berlin.
    expect(await domainsOf('/v1/invoices?daysOverdueFrom=1')).toEqual(named('berta', 'caesar', 'dora', 'emil'));
    expect(await domainsOf('/v1/invoices?daysOverdueFrom=7&daysOverdueTo=7')).toEqual(named('berta', 'caesar'));
    expect(await domainsOf('/v1/invoices?daysOverdueFrom=2&daysOverdueTo=6')).toEqual(named('dora'));
    expect(await domainsOf('/v1/invoices?daysOverdueFrom=5')).toEqual(named('berta', 'caesar', 'dora'));
    expect(await domainsOf('/v1/invoices?daysOverdueTo=1')).toEqual(named('emil'));
    expect(await domainsOf('/v1/invoices?daysOverdueFrom=8')).toEqual([]);
  });

  it('finds invoices as of a moment on the day before, where their own day had begun', async () => {
    expect(await domainsOf('/v1/invoices?asOf=2026-07-31T09:59:59Z')).toEqual([]);
    expect(await domainsOf('/v1/invoices?asOf=2026-07-31T10:00:00Z')).toEqual(named('caesar'));
    expect(await domainsOf('/v1/invoices?asOf=2026-08-09T00:00:00Z&daysOverdueFrom=1')).toEqual(
      named('berta', 'caesar'),
    );
  });

  it('finds exactly the invoices that each figure of the report of open ones by age is made of', async () => {
    const found = async (filter: string) => (await ledger.walk(`/v1/invoices?${filter}`, 2)) as unknown as Invoice[];
    const { items } = (await ledger.get('/v1/reports/invoice-aging')).body;
    for (const { currency, buckets } of items as unknown as InvoiceAging[]) {
      for (const bucket of buckets) {
        const invoices = await found(`currency=${currency}&${filterOf(bucket)}`);
        expect({ bucket: bucket.name, count: invoices.length, amount: sumOf(invoices) }).toEqual({
          bucket: bucket.name,
          count: bucket.count,
          amount: bucket.amount.amount,
        });
      }
    }
    const counts = (items as unknown as InvoiceAging[]).flatMap(({ buckets }) => buckets.map(({ count }) => count));
    expect(counts.filter((count) => count > 0)).toEqual([1, 1, 3]);
  });

  it('finds movements of credit by customer, currency and amount', async () => {
    const found = async (filter: string) =>
      ((await ledger.walk(`/v1/credits?${filter}`, 1)) as unknown as CreditEntry[]).map(({ amount }) => amount);
    expect(await found('currency=EUR')).toEqual([{ amount: 1_000, currency: 'EUR' }]);
    expect(await found('domain=dora.example')).toEqual([usd(2_000)]);
    expect(await found('billingEmail=group@example.com&currency=USD')).toEqual([usd(1_500)]);
    expect(await found('currency=USD&sort=-amount')).toEqual([usd(6_581), usd(2_000), usd(1_500), usd(500)]);
    expect(await found('currency=USD&amountFrom=501&amountTo=2000&sort=amount')).toEqual([usd(1_500), usd(2_000)]);
    expect(await found('currency=USD&amountTo=-1')).toEqual([]);
    expect(await found('currency=USD&kind=granted&from=2026-08-15')).toEqual([usd(6_581)]);
  });

  it.each([
    ['/v1/next-invoices?sort=total', 'sort: by total takes a currency: amounts of several are not compared.'],
    ['/v1/credits?sort=-amount', 'sort: by amount takes a currency: amounts of several are not compared.'],
    ['/v1/credits?amountFrom=1', 'amountFrom: by amount takes a currency: amounts of several are not compared.'],
    ['/v1/invoices?issuedFrom=2026-08-01&dueTo=2026-08-09', 'dueTo: goes without issuedFrom: ask by one date.'],
    ['/v1/invoices?dueTo=2026-08-09&sort=-issuedOn', 'sort: must be dueOn or -dueOn with dueTo.'],
    ['/v1/invoices?issuedTo=2026-08-09&sort=dueOn', 'sort: must be issuedOn or -issuedOn with issuedTo.'],
    [
      '/v1/invoices?status=paid&daysOverdueFrom=1',
      'status: must be overdue, or left out, with daysOverdueFrom or daysOverdueTo.',
    ],
  ])('refuses %s and says why', async (url, detail) => {
    expect((await ledger.get(url)).body).toMatchObject({ status: 400, code: 'validation-failed', detail });
  });

  it.each([
    '/v1/next-invoices?sort=amount',
    '/v1/next-invoices?issuedFrom=2026-08-01',
    '/v1/next-invoices?sort=domain&sort=total',
    '/v1/invoices?sort=total',
    '/v1/invoices?issuesFrom=2026-08-01',
    '/v1/invoices?daysOverdueFrom=0',
    '/v1/invoices?dueFrom=tomorrow',
    '/v1/invoices?customer=acme.example',
    '/v1/credits?currency=USD&amountFrom=1.5',
    '/v1/credits?actor=somebody',
    '/v1/credits?sort=issuedOn',
  ])('refuses %s', async (url) => {
    expect((await ledger.get(url)).body).toMatchObject({ status: 400, code: 'validation-failed' });
  });

  it('finds an invoice by the due date that it had, before it got a later one', async () => {
    const emil = licenseIdOf('emil.example');
    await ledger.post(`/v1/licenses/${emil}/extensions`, { days: 15, reason: 'asked for' });
    const before = 'asOf=2026-08-15T09:00:00Z';
    expect(await domainsOf('/v1/invoices?dueFrom=2026-08-29&dueTo=2026-08-29')).toEqual(named('emil'));
    expect(await domainsOf(`/v1/invoices?${before}&dueFrom=2026-08-29&dueTo=2026-08-29`)).toEqual([]);
    expect(await domainsOf(`/v1/invoices?${before}&dueFrom=2026-08-14&dueTo=2026-08-14`)).toEqual(named('emil'));
    expect(await domainsOf(`/v1/invoices?${before}&daysOverdueTo=1`)).toEqual(named('emil'));
    expect(await domainsOf(`/v1/invoices?${before}&dueFrom=2026-08-10&dueTo=9999-12-31`)).toEqual(named('emil'));
  });
});

const filterOf = ({ fromDays, toDays }: AgeBucket): string =>
  fromDays === null ? 'status=open' : `daysOverdueFrom=${fromDays}${toDays === null ? '' : `&daysOverdueTo=${toDays}`}`;

const sumOf = (invoices: readonly Invoice[]): number => invoices.reduce((sum, { open }) => sum + open.amount, 0);
