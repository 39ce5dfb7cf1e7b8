import { creditHash, type CreditEntry, type ExplainedInvoice } from '#contracts';
import { licenseIdOf } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from './spec-support/spec-ledger.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe.each(testDatabases())('queries on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let goodwill: Record<string, unknown>;
  let acme: string;

  /** The third and fourth worked example, and what comes after: other customers, a price, an overdue invoice. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    acme = await ledger.register('acme.example', { callbackUrl: 'https://acme.example/entitlement' });
    await ledger.register('berta.example', { billingEmail: 'Group@Example.com', seats: 5, currency: 'EUR' });
    await ledger.register('caesar.example', { billingEmail: 'group@example.com', seats: 3 });
    await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', {
      amount: usd(60_000),
      method: 'card',
      reference: 'payment 1',
    });
    await ledger.post(`${acme}/staff`, { staffId: 'ada', email: 'ada@acme.example', name: 'Ada', role: 'agent' });
    await ledger.post(`${acme}/staff`, { staffId: 'bob', email: 'bob@acme.example', name: 'Bob', role: 'admin' });
    await ledger.post(`${acme}/staff/bob/disable`);
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 48 });
    ledger.clock.moveTo('2026-06-21T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 60 });
    goodwill = await ledger.post(`${acme}/credits`, { amount: usd(500), reason: 'an outage' });
    ledger.clock.moveTo('2026-07-01T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 61 });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const customer = { role: 'customer', email: 'group@example.com' } as const;
  const helpdesk = { role: 'helpdesk', domain: 'acme.example' } as const;
  const names = (items: readonly Record<string, unknown>[], name: string) => items.map((item) => item[name]);

  it('answers a license, with its revision as the ETag', async () => {
    const { status, body, headers } = await ledger.get(acme);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      domain: 'acme.example',
      status: 'active',
      seats: 61,
      paidSeats: 60,
      activeStaff: 1,
      cycle: { index: 1, startsOn: '2026-07-01', endsOn: '2026-08-01', days: 31 },
      creditBalance: usd(0),
      propagation: { pending: 3, overdue: 0 },
      endsOn: null,
    });
    expect(headers['etag']).toBe(`"${String(body['revision'])}"`);
  });

  it('answers a license as it stood', async () => {
    const at = async (instant: string) => (await ledger.get(`${acme}?asOf=${instant}`)).body;
    expect(await at('2026-06-11T08:59:59Z')).toMatchObject({ seats: 60, propagation: { pending: 0 }, revision: 5 });
    expect(await at('2026-06-11T09:00:00Z')).toMatchObject({
      seats: 48,
      creditBalance: usd(8_000),
      propagation: { pending: 1, overdue: 0 },
    });
    expect(await at('2026-06-20T09:00:00Z')).toMatchObject({ seats: 48, propagation: { pending: 0, overdue: 1 } });
    // The boundary was recorded nine hours later, by the command that found it due.
    expect(await at('2026-07-01T00:00:00Z')).toMatchObject({ seats: 60, cycle: { index: 1 }, creditBalance: usd(0) });
    expect((await ledger.get(`${acme}?asOf=2026-05-31T00:00:00Z`)).status).toBe(404);
    expect((await ledger.get(`${acme}?asOf=2026-08-01T00:00:00Z`)).status).toBe(400);
  });

  it('lists licenses by domain, filtered and in pages', async () => {
    const all = ['acme.example', 'berta.example', 'caesar.example'];
    for (const limit of [1, 2, 3, 500]) expect(names(await ledger.walk('/v1/licenses', limit), 'domain')).toEqual(all);
    const found = async (filter: string) => names(await ledger.walk(`/v1/licenses?${filter}`, 50), 'domain');
    expect(await found('domain=BERTA.example')).toEqual(['berta.example']);
    expect(await found('billingEmail=group@example.com')).toEqual(['berta.example', 'caesar.example']);
    expect(await found('status=active')).toEqual(all);
    expect(await found('status=cancelled')).toEqual([]);
  });

  it('lists staff', async () => {
    expect(names(await ledger.walk(`${acme}/staff`, 1), 'staffId')).toEqual(['ada', 'bob']);
    expect((await ledger.get(`${acme}/staff?status=disabled`)).body.items).toEqual([
      {
        staffId: 'bob',
        licenseId: licenseIdOf('acme.example'),
        email: 'bob@acme.example',
        name: 'Bob',
        role: 'admin',
        status: 'disabled',
      },
    ]);
  });

  it('lists plans with their present prices', async () => {
    expect((await ledger.get('/v1/plans')).body).toEqual({
      items: [
        {
          planId: 'team',
          name: 'Team',
          prices: [
            { currency: 'USD', interval: 'month', amount: 1000 },
            { currency: 'EUR', interval: 'month', amount: 900 },
          ],
        },
      ],
      nextCursor: null,
    });
  });

  it('shows what the next boundary will issue, one and all, and adds it up', async () => {
    const { body } = await ledger.get(`${acme}/next-invoice`);
    expect(body).toMatchObject({ issuesOn: '2026-08-01', gross: usd(61_000), total: usd(61_000) });
    const issues = async (filter: string) => names(await ledger.walk(`/v1/next-invoices?${filter}`, 1), 'total');
    expect(await issues('currency=USD')).toEqual([usd(3_000), usd(61_000)]);
    expect(await issues('issuesFrom=2026-07-02&issuesTo=2026-08-01')).toEqual([usd(61_000)]);
    expect(await issues(`licenseId=${licenseIdOf('acme.example')}`)).toEqual([usd(61_000)]);
    expect((await ledger.get('/v1/next-invoices/summary')).body.items).toEqual([
      {
        currency: 'EUR',
        month: '2026-07',
        invoices: 1,
        gross: { amount: 4_500, currency: 'EUR' },
        creditApplied: { amount: 0, currency: 'EUR' },
        total: { amount: 4_500, currency: 'EUR' },
      },
      { currency: 'USD', month: '2026-07', invoices: 1, gross: usd(3_000), creditApplied: usd(0), total: usd(3_000) },
      { currency: 'USD', month: '2026-08', invoices: 1, gross: usd(61_000), creditApplied: usd(0), total: usd(61_000) },
    ]);
  });

  it('lists invoices, and tells by the clock which are overdue', async () => {
    const numbers = async (filter = '') => names(await ledger.walk(`/v1/invoices?${filter}`, 1), 'invoiceNumber');
    const [first, berta, caesar, second] = [
      'ACME.EXAMPLE-0001',
      'BERTA.EXAMPLE-0001',
      'CAESAR.EXAMPLE-0001',
      'ACME.EXAMPLE-0002',
    ];
    expect(await numbers()).toEqual([first, berta, caesar, second]);
    expect(await numbers('status=paid')).toEqual([first]);
    expect(await numbers('status=open')).toEqual([second]);
    expect(await numbers('status=overdue')).toEqual([berta, caesar]);
    expect(await numbers('issuedFrom=2026-06-02&issuedTo=2026-07-01')).toEqual([second]);
    expect(await numbers(`licenseId=${licenseIdOf('acme.example')}`)).toEqual([first, second]);
  });

  it('explains an invoice down to its events', async () => {
    const { body } = await ledger.get('/v1/invoices/acme.example-0002');
    expect(body).toMatchObject({ total: usd(55_500), creditApplied: usd(4_500), status: 'open', open: usd(55_500) });
    const explanation = body['explanation'] as Record<string, Record<string, unknown>[]>;
    expect(explanation['lines']).toMatchObject([
      {
        billedDays: 31,
        cycleDays: 31,
        formula: '10.00 × 60 seats × 31 / 31 days',
        explanation:
          '60 seats at 10.00 per seat and month for the cycle of 1 July 2026 to 31 July 2026: 60 × 10.00 = 600.00 USD. ' +
          'Seats: 60 on the invoice before, −12 on 11 June 2026, +12 on 21 June 2026: 60 − 12 + 12 = 60.',
        seatChanges: [{ credit: usd(8_000) }, { credit: usd(-4_000), event: { actor: { role: 'admin' } } }],
        event: { actor: { id: 'time', role: 'system' }, effectiveAt: '2026-07-01T00:00:00.000Z' },
      },
    ]);
    expect(explanation['summary']).toContain('Total: 600.00 − 45.00 = 555.00 USD.');
    expect(explanation['credits']).toMatchObject([
      {
        entryId: 'ACME.EXAMPLE-C0001',
        used: usd(4_000),
        granted: usd(8_000),
        kind: 'granted',
        computation: { seats: 48, seatDaysBefore: 0, seatDaysAfter: 240, cycleDays: 30, remainingDays: 20 },
        formula: '10.00 × 240 seat-days / 30 days',
        event: { stream: `license-${licenseIdOf('acme.example')}`, revision: 6 },
      },
      { entryId: 'ACME.EXAMPLE-C0003', used: usd(500), kind: 'goodwill', reason: 'an outage', formula: null },
    ]);
    const paid = await ledger.get('/v1/invoices/ACME.EXAMPLE-0001');
    expect((paid.body['explanation'] as typeof explanation)['payments']).toMatchObject([
      { amount: usd(60_000), method: 'card', reference: 'payment 1', event: { revision: 2 } },
    ]);
  });

  it('chains the entries of a license by their hashes, as the command that made one has answered', async () => {
    const entries = (await ledger.walk(`${acme}/credits`, 2)) as unknown as CreditEntry[];
    expect(entries.map(({ previousHash }) => previousHash)).toEqual([
      null,
      ...entries.map(({ hash }) => hash).slice(0, -1),
    ]);
    expect(entries.map(creditHash)).toEqual(entries.map(({ hash }) => hash));
    expect(entries[2]).toEqual(goodwill);
  });

  it('keeps the credit ledger, with its balance then and now', async () => {
    const entries = await ledger.walk(`${acme}/credits`, 2);
    expect(entries.map((entry) => [entry['kind'], entry['amount'], entry['balanceAfter']])).toEqual([
      ['granted', usd(8_000), usd(8_000)],
      ['reversed', usd(-4_000), usd(4_000)],
      ['goodwill', usd(500), usd(4_500)],
      ['applied', usd(-4_500), usd(0)],
    ]);
    expect((await ledger.get(`${acme}/credits`)).body['balance']).toEqual(usd(0));
    const then = await ledger.get(`${acme}/credits?asOf=2026-06-30T23:59:59Z&limit=1`);
    expect(then.body).toMatchObject({ balance: usd(4_500), items: [{ entryId: 'ACME.EXAMPLE-C0001' }] });

    const audit = async (filter: string) => names(await ledger.walk(`/v1/credits?${filter}`, 1), 'entryId');
    expect(await audit('')).toEqual([1, 2, 3, 4].map((n) => `ACME.EXAMPLE-C000${n}`));
    expect(await audit('kind=goodwill')).toEqual(['ACME.EXAMPLE-C0003']);
    expect(await audit('kind=applied')).toEqual(['ACME.EXAMPLE-C0004']);
    expect(await audit('from=2026-06-12&to=2026-06-21')).toEqual(['ACME.EXAMPLE-C0002', 'ACME.EXAMPLE-C0003']);
    expect(await audit('to=2026-06-11T09:00:00Z')).toEqual(['ACME.EXAMPLE-C0001']);
  });

  it('follows each change on its way to the instance', async () => {
    const changes = await ledger.walk(`${acme}/propagations`, 2);
    expect(names(changes, 'kind')).toEqual(['SeatsReduced', 'SeatsIncreased', 'SeatsIncreased']);
    expect(changes[0]).toMatchObject({
      status: 'pending',
      requestedAt: '2026-06-11T09:00:00.000Z',
      deadline: '2026-06-12T09:00:00.000Z',
      attempts: 0,
      lastError: null,
    });
    expect(await ledger.walk('/v1/propagations?status=pending', 1)).toEqual(changes);
    expect((await ledger.get('/v1/propagations?status=overdue')).body.items).toEqual([]);
  });

  it('explains each credit entry, and tells what became of a grant', async () => {
    const entries = await ledger.walk(`${acme}/credits`, 2);
    expect(names(entries, 'explanation')).toEqual([
      '12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left, 12 × 10.00 × 20/30 = 80.00 USD. Balance: 0.00 + 80.00 = 80.00 USD.',
      expect.stringContaining('Taken back, newest grant first: 40.00 USD (ACME.EXAMPLE-C0001).'),
      'Goodwill credit of 5.00 USD granted on 21 June 2026, for the reason “an outage”. Balance: 40.00 + 5.00 = 45.00 USD.',
      'Set against invoice ACME.EXAMPLE-0002, oldest grant first: 40.00 (ACME.EXAMPLE-C0001) + 5.00 (ACME.EXAMPLE-C0003) = 45.00 USD. Balance: 45.00 − 45.00 = 0.00 USD.',
    ]);
    const actors = entries.map(({ actor }) => (actor as { role: string }).role);
    expect(actors).toEqual(['admin', 'admin', 'admin', 'system']);
    const story = async (path: string) => (await ledger.get(`${acme}/credits/${path}`)).body;
    expect(await story('acme.example-c0001')).toEqual({
      ...entries[0],
      takings: [
        expect.objectContaining({ entryId: 'ACME.EXAMPLE-C0002', invoiceNumber: null, amount: usd(4_000) }),
        expect.objectContaining({ entryId: 'ACME.EXAMPLE-C0004', invoiceNumber: 'ACME.EXAMPLE-0002' }),
      ],
      remainder: {
        amount: usd(0),
        explanation: 'Of it, 80.00 − 40.00 (ACME.EXAMPLE-C0002) − 40.00 (ACME.EXAMPLE-C0004) = 0.00 USD are left.',
      },
    });
    expect(await story('ACME.EXAMPLE-C0001?asOf=2026-06-30T00:00:00Z')).toMatchObject({
      takings: [{ entryId: 'ACME.EXAMPLE-C0002' }],
      remainder: { amount: usd(4_000) },
    });
    expect(await story('ACME.EXAMPLE-C0004')).toMatchObject({ takings: [], remainder: null });
    expect(await story('ACME.EXAMPLE-C0004?asOf=2026-06-30T00:00:00Z')).toMatchObject({
      status: 404,
      detail: 'The license had no credit entry ACME.EXAMPLE-C0004 as of 2026-06-30T00:00:00.000Z.',
    });
  });

  it('answers invoices and credits as they stood, and as they were known', async () => {
    const at = 'asOf=2026-06-09T00:00:00Z';
    const numbers = async (filter: string) => names(await ledger.walk(`/v1/invoices?${filter}`, 1), 'invoiceNumber');
    expect(await numbers(at)).toEqual(['ACME.EXAMPLE-0001', 'BERTA.EXAMPLE-0001', 'CAESAR.EXAMPLE-0001']);
    expect(await numbers(`${at}&status=overdue`)).toEqual(['BERTA.EXAMPLE-0001', 'CAESAR.EXAMPLE-0001']);
    expect(await numbers('asOf=2026-06-08T23:59:59Z&status=overdue')).toEqual([]);
    const second = (query: string) => ledger.get(`/v1/invoices/ACME.EXAMPLE-0002?${query}`);
    expect((await second('asOf=2026-06-30T23:59:59.999Z')).body).toMatchObject({
      status: 404,
      detail: 'There was no invoice ACME.EXAMPLE-0002 as of 2026-06-30T23:59:59.999Z.',
    });
    // The boundary took effect at midnight; that was recorded nine hours later, with the command that found it due.
    const { explanation } = (await second('asOf=2026-07-01T00:00:00Z')).body as unknown as ExplainedInvoice;
    const { recordedAt } = explanation.issued;
    expect((await second(`asOf=2026-07-01T00:00:00Z&knownAt=${recordedAt}`)).status).toBe(200);
    const before = new Date(Date.parse(recordedAt) - 1).toISOString();
    expect((await second(`asOf=2026-07-01T00:00:00Z&knownAt=${before}`)).status).toBe(404);
    expect(names(await ledger.walk(`/v1/credits?knownAt=${before}`, 2), 'kind')).not.toContain('applied');
    expect((await ledger.get(`${acme}/credits?knownAt=${before}`)).body['balance']).toEqual(usd(4_500));
    expect((await ledger.get(`${acme}?knownAt=${before}`)).headers['etag']).toBeUndefined();
    for (const url of [acme, '/v1/invoices', '/v1/credits', `${acme}/credits`, '/v1/invoices/ACME.EXAMPLE-0001']) {
      expect((await ledger.get(`${url}?knownAt=2999-01-01T00:00:00Z`)).body).toMatchObject({
        code: 'validation-failed',
        errors: [{ path: 'knownAt', message: expect.stringMatching('lies in the future') as string }],
      });
    }
  });

  describe('to those who may see a part only', () => {
    it.each([
      ['/v1/licenses', 2, 1],
      ['/v1/next-invoices', 2, 1],
      ['/v1/invoices', 2, 2],
      ['/v1/credits', 0, 4],
      ['/v1/propagations', 0, 3],
      ['/v1/next-invoices/summary', 2, 1],
    ])('lists %s: %i for the customer, %i for the instance', async (url, forCustomer, forInstance) => {
      expect((await ledger.get(url, customer)).body.items).toHaveLength(forCustomer);
      expect((await ledger.get(url, helpdesk)).body.items).toHaveLength(forInstance);
    });

    it.each([
      '',
      '/staff',
      '/next-invoice',
      '/credits',
      '/credits/ACME.EXAMPLE-C0001',
      '/propagations',
      '?asOf=2026-06-11T09:00:00Z',
    ])('hides %s of a license that is not theirs', async (path) => {
      expect((await ledger.get(acme + path, customer)).body).toMatchObject({ status: 404, code: 'not-found' });
      expect((await ledger.get(acme + path, helpdesk)).status).toBe(200);
    });

    it('hides an invoice that is not theirs', async () => {
      expect((await ledger.get('/v1/invoices/ACME.EXAMPLE-0001', customer)).status).toBe(404);
      expect((await ledger.get('/v1/invoices/CAESAR.EXAMPLE-0001', customer)).status).toBe(200);
    });
  });

  it.each([
    ['/v1/licenses?status=unknown'],
    ['/v1/licenses?domain=%00'],
    ['/v1/licenses?cursor=x'],
    ['/v1/invoices?licenseId=1'],
    ['/v1/invoices?issuedFrom=2026-02-30'],
    ['/v1/credits?from=yesterday'],
    ['/v1/next-invoices?currency=usd'],
    ['/v1/next-invoices/summary?limit=1'],
    ['/v1/propagations?status=lost'],
  ])('refuses %s', async (url) => {
    expect((await ledger.get(url)).body).toMatchObject({ status: 400, code: 'validation-failed' });
  });

  it('says what there is not, and why', async () => {
    expect((await ledger.get('/v1/licenses/0b0e7f4e-3a52-5f3f-9d2e-0a3c7b1d2e4f')).status).toBe(404);
    expect((await ledger.get('/v1/invoices/ACME.EXAMPLE-0099')).body).toMatchObject({
      detail: 'There is no invoice ACME.EXAMPLE-0099.',
    });
    expect((await ledger.get('/v1/invoices/nonsense')).status).toBe(404);
    const ended = await ledger.register('ended.example');
    await ledger.post(`${ended}/cancellation`, {});
    expect((await ledger.get(`${ended}/next-invoice`)).body).toMatchObject({
      status: 404,
      detail: 'There is no next invoice: the license is cancelled and ends on 2026-08-01.',
    });
  });
});
