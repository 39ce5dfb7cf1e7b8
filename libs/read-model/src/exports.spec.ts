import { parse } from 'csv-parse/sync';
import { licenseIdOf } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from './spec-support/spec-ledger.js';

type Rows = Readonly<Record<string, string>>[];

describe.each(testDatabases())('lists as CSV on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let acme: string;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    acme = await ledger.register('acme.example', { callbackUrl: 'https://acme.example/entitlement' });
    await ledger.register('berta.example', { billingEmail: 'group@example.com', currency: 'EUR', seats: 3 });
    const payment = { amount: { amount: 60_000, currency: 'USD' }, method: 'card', reference: 'payment 1' };
    await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', payment);
    const evil = '=HYPERLINK("http://evil.example";"pay here")';
    await ledger.post(`${acme}/staff`, { staffId: 'ada', email: 'ada@acme.example', name: evil, role: 'agent' });
    await ledger.post(`${acme}/staff`, { staffId: 'bob', email: 'bob@acme.example', name: '李, "Bob"', role: 'admin' });
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 48 });
    ledger.clock.moveTo('2026-06-21T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 60 });
    await ledger.post(`${acme}/credits`, { amount: { amount: 500, currency: 'USD' }, reason: '+1 for patience' });
    ledger.clock.moveTo('2026-07-01T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 61 });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const rowsOf = async (url: string, as?: Parameters<SpecLedger['get']>[1]): Promise<Rows> => {
    const { status, text } = await ledger.getAs('text/csv', url, as);
    if (status !== 200) throw new Error(`${url}: ${text}`);
    return parse(text, { columns: true });
  };

  it.each([
    ['/v1/licenses', 'licenseId'],
    ['/v1/licenses?status=active&limit=1', 'domain'],
    ['/v1/next-invoices', 'issuesOn'],
    ['/v1/invoices', 'invoiceNumber'],
    ['/v1/invoices?status=overdue', 'invoiceNumber'],
    ['/v1/credits', 'entryId'],
    ['/v1/credits?kind=granted', 'entryId'],
    ['/v1/invoices?asOf=2026-06-20T00:00:00Z', 'invoiceNumber'],
    ['/v1/credits?asOf=2026-06-20T00:00:00Z', 'entryId'],
    ['/v1/propagations', 'changeId'],
    ['/v1/propagations?status=overdue', 'changeId'],
    ['/v1/reports/unused-seats', 'domain'],
    ['acme/charged-cycles', 'invoiceNumber'],
    ['acme/staff', 'staffId'],
    ['acme/credits', 'entryId'],
    ['acme/credits?asOf=2026-06-20T00:00:00Z', 'entryId'],
    ['acme/propagations', 'changeId'],
  ])('gives all of %s', async (path, name) => {
    const url = path.replace(/^acme/, acme);
    const items = await ledger.walk(url.replace(/&?limit=1/, ''), 500);
    const rows = await rowsOf(url);
    expect(rows.map((row) => row[name])).toEqual(items.map((item) => item[name]));
  });

  it('says amounts in minor units and as decimals', async () => {
    expect(await rowsOf('/v1/invoices?issuedFrom=2026-07-01')).toMatchObject([
      {
        invoiceNumber: 'ACME.EXAMPLE-0002',
        description: 'Team: 60 seats, 2026-07-01 to 2026-07-31',
        currency: 'USD',
        grossMinor: '60000',
        gross: '600.00',
        creditAppliedMinor: '4500',
        creditApplied: '45.00',
        openMinor: '55500',
        open: '555.00',
      },
    ]);
    expect(await rowsOf(`${acme}/credits`)).toMatchObject([
      { kind: 'granted', amountMinor: '8000', amount: '80.00', unitPrice: '10.00', seatDaysAfter: '240', reason: '' },
      { kind: 'reversed', amountMinor: '-4000', amount: '-40.00', balanceAfter: '40.00' },
      { kind: 'goodwill', amountMinor: '500', amount: '5.00', unitPriceMinor: '', reason: "'+1 for patience" },
      { kind: 'applied', amountMinor: '-4500', amount: '-45.00', invoiceNumber: 'ACME.EXAMPLE-0002' },
    ]);
  });

  it('has a row for each price of a plan', async () => {
    expect(await rowsOf('/v1/plans')).toEqual([
      { planId: 'team', name: 'Team', interval: 'month', currency: 'USD', seatPriceMinor: '1000', seatPrice: '10.00' },
      { planId: 'team', name: 'Team', interval: 'month', currency: 'EUR', seatPriceMinor: '900', seatPrice: '9.00' },
    ]);
  });

  it('has a row for each line of the journal, and debits that are credits', async () => {
    const rows = await rowsOf('/v1/journal');
    const entries = (await ledger.walk('/v1/journal', 500)) as unknown as { document: string; lines: object[] }[];
    expect(rows.map((row) => row['document'])).toEqual(
      entries.flatMap(({ document, lines }) => lines.map(() => document)),
    );
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);
    expect(sum('debitMinor')).toBe(sum('creditMinor'));
    expect(rows[0]).toMatchObject({ kind: 'invoice', account: 'receivable', debit: '600.00', credit: '0.00' });
  });

  it('has a row for each account of a month of the books', async () => {
    const rows = await rowsOf('/v1/accounting-periods');
    expect(rows.filter(({ month, currency }) => month === '2026-06' && currency === 'USD')).toContainEqual(
      expect.objectContaining({ account: 'cash', status: 'open', debit: '600.00', balanceMinor: '60000' }),
    );
  });

  it('is no formula, whatever a customer calls its staff', async () => {
    expect((await rowsOf(`${acme}/staff`)).map((row) => row['name'])).toEqual([
      `'=HYPERLINK("http://evil.example";"pay here")`,
      '李, "Bob"',
    ]);
  });

  it('is a file to save, in UTF-8', async () => {
    const { headers, text } = await ledger.getAs('text/csv', '/v1/invoices?issuedTo=2026-01-01');
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="invoices.csv"',
      vary: 'Accept',
    });
    expect(text).toMatch(/^invoiceNumber,licenseId,domain,[^\r\n]*\r\n$/);
  });

  it('shows nobody more than JSON does', async () => {
    const customer = { role: 'customer', email: 'group@example.com' } as const;
    expect((await rowsOf('/v1/invoices', customer)).map((row) => row['domain'])).toEqual(['berta.example']);
    expect(await rowsOf('/v1/credits', customer)).toEqual([]);
    const hidden = await ledger.getAs('text/csv', `${acme}/credits`, customer);
    expect(hidden.status).toBe(404);
    expect(hidden.headers['content-type']).toContain('application/problem+json');
    expect((await ledger.getAs('text/csv', '/v1/invoices', { role: 'service' })).status).toBe(403);
    expect((await ledger.getAs('text/csv', '/v1/invoices?status=lost')).status).toBe(400);
  });

  it('is there for every list, and anything else is not acceptable', async () => {
    type Content = Readonly<Record<string, { readonly example?: unknown }>>;
    const { paths } = (await ledger.get('/docs-json')).body as unknown as {
      paths: Record<string, { get?: { responses: Record<string, { content: Content }> } }>;
    };
    const lists = Object.entries(paths).filter(([, { get }]) => {
      const example = get?.responses['200']?.content?.['application/json']?.example;
      return typeof example === 'object' && example !== null && 'nextCursor' in example;
    });
    expect(lists.length).toBeGreaterThan(8);
    for (const [path, { get }] of lists) {
      expect([path, Object.keys(get?.responses['200']?.content ?? {})]).toEqual([
        path,
        ['application/json', 'text/csv'],
      ]);
      expect([path, Object.keys(get?.responses ?? {})]).toEqual([path, expect.arrayContaining(['406'])]);
      const url = path.replace('{licenseId}', licenseIdOf('acme.example'));
      expect([path, (await ledger.getAs('application/pdf', url)).status]).toEqual([path, 406]);
    }
  });
});
