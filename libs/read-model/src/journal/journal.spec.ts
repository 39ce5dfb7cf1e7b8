import type { AccountBalance, AccountingPeriodWithFigures, JournalEntry, TrialBalance } from '#contracts';
import { licenseIdOf } from '#license';
import { openPool } from '#projection-engine';
import { ledgerSchema } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe.each(testDatabases())('the books on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let acme: string;
  /** The books after each command, by the place in the log where it left them. */
  const snapshots: { readonly position: string; readonly balance: TrialBalance }[] = [];

  /** The third and fourth worked example with goodwill and a payment, a customer in euros, June closed, one who is late. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    acme = await ledger.register('acme.example');
    await ledger.register('berta.example', { seats: 5, currency: 'EUR' });
    await pay('ACME.EXAMPLE-0001', 60_000);
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ask(`${acme}/seat-changes`, { seats: 48 });
    ledger.clock.moveTo('2026-06-21T09:00:00.000Z');
    await ask(`${acme}/seat-changes`, { seats: 60 });
    await ask(`${acme}/credits`, { amount: usd(500), reason: 'an outage' });
    ledger.clock.moveTo('2026-07-01T09:00:00.000Z');
    await ask(`${acme}/seat-changes`, { seats: 61 });
    await ask('/v1/accounting-periods/2026-06/closing', {});
    await ask('/v1/licenses', {
      ...{ domain: 'late.example', billingEmail: 'a@late.example', planId: 'team', seats: 3, currency: 'USD' },
      ...{ interval: 'month', startedOn: '2026-06-10', paidThrough: '2026-06-11' },
    });
    await pay('ACME.EXAMPLE-0002', 10_000);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  async function ask(url: string, body: object): Promise<void> {
    const { status, body: answer, headers } = await ledger.ask('POST', url, body);
    if (status !== 201) throw new Error(`${url}: ${JSON.stringify(answer)}`);
    const position = String(headers['ledger-position']);
    const { body: balance } = await ledger.get('/v1/journal/trial-balance');
    snapshots.push({ position, balance: balance as unknown as TrialBalance });
  }
  const pay = (invoiceNumber: string, amount: number) =>
    ask(`/v1/invoices/${invoiceNumber}/payments`, { amount: usd(amount), method: 'transfer', reference: 'r' });

  const entries = async (filter = '') => (await ledger.walk(`/v1/journal?${filter}`, 3)) as unknown as JournalEntry[];
  const balance = async (filter = '') =>
    (await ledger.get(`/v1/journal/trial-balance?${filter}`)).body as unknown as TrialBalance;
  const figures = (items: readonly AccountBalance[], currency = 'USD') =>
    Object.fromEntries(
      items
        .filter((item) => item.currency === currency)
        .map(({ account, opening, debit, credit, balance: left }) => [
          account,
          [opening.amount, debit.amount, credit.amount, left.amount],
        ]),
    );
  /** `seat-credit: Dr revenue 8000, Cr customer-credit 8000` */
  const asText = ({ kind, lines }: JournalEntry) => {
    const texts = lines.map(({ account, debit, credit }) =>
      debit.amount > 0 ? `Dr ${account} ${debit.amount}` : `Cr ${account} ${credit.amount}`,
    );
    return `${kind}: ${texts.join(', ')}`;
  };

  const june = {
    cash: [0, 60_000, 0, 60_000],
    receivable: [0, 60_000, 60_000, 0],
    'customer-credit': [0, 4_000, 8_500, -4_500],
    revenue: [0, 8_000, 64_000, -56_000],
    'goodwill-expense': [0, 500, 0, 500],
  };

  it('list the entries of a license in their order, with their event and its place', async () => {
    const found = await entries(`licenseId=${licenseIdOf('acme.example')}`);
    expect(found.map(asText)).toEqual([
      'invoice: Dr receivable 60000, Cr revenue 60000',
      'payment: Dr cash 60000, Cr receivable 60000',
      'seat-credit: Dr revenue 8000, Cr customer-credit 8000',
      'seat-credit-reversal: Dr customer-credit 4000, Cr revenue 4000',
      'goodwill: Dr goodwill-expense 500, Cr customer-credit 500',
      'invoice: Dr receivable 55500, Dr customer-credit 4500, Cr revenue 60000',
      'payment: Dr cash 10000, Cr receivable 10000',
    ]);
    expect(found[2]).toMatchObject({
      licenseId: licenseIdOf('acme.example'),
      lines: [
        { account: 'revenue', debit: usd(8_000), credit: usd(0) },
        { account: 'customer-credit', debit: usd(0), credit: usd(8_000) },
      ],
      document: 'ACME.EXAMPLE-C0001',
      month: '2026-06',
      lateFrom: null,
      effectiveAt: '2026-06-11T09:00:00.000Z',
      position: snapshots[1]?.position,
      event: { stream: `license-${licenseIdOf('acme.example')}`, revision: 3 },
    });
  });

  it('find entries by account, by time, and those that came late', async () => {
    const goodwill = 'goodwill: Dr goodwill-expense 500, Cr customer-credit 500';
    expect((await entries('account=goodwill-expense')).map(asText)).toEqual([goodwill]);
    expect((await entries('from=2026-06-11&to=2026-06-11T09:00:00Z')).map(asText)).toEqual([
      'seat-credit: Dr revenue 8000, Cr customer-credit 8000',
    ]);
    const late = await entries('lateFrom=2026-06');
    expect(late.map(asText)).toEqual([
      'invoice: Dr receivable 3000, Cr revenue 3000',
      'paid-elsewhere: Dr cash 3000, Cr receivable 3000',
    ]);
    for (const { month, effectiveAt } of late) {
      expect([month, effectiveAt]).toEqual(['2026-07', '2026-06-10T00:00:00.000Z']);
    }
    expect((await entries('month=2026-07&account=cash')).map(asText)).toEqual([
      'paid-elsewhere: Dr cash 3000, Cr receivable 3000',
      'payment: Dr cash 10000, Cr receivable 10000',
    ]);
  });

  it('say what each account of a month brought, moved and left', async () => {
    const { items, totals } = await balance('month=2026-06');
    expect(figures(items)).toEqual(june);
    expect(figures(items, 'EUR')).toEqual({ receivable: [0, 4_500, 0, 4_500], revenue: [0, 0, 4_500, -4_500] });
    expect(totals).toEqual([
      { currency: 'EUR', opening: eur(0), debit: eur(4_500), credit: eur(4_500), balance: eur(0) },
      { currency: 'USD', opening: usd(0), debit: usd(132_500), credit: usd(132_500), balance: usd(0) },
    ]);
    expect(figures((await balance('month=2026-07')).items)).toEqual({
      cash: [60_000, 13_000, 0, 73_000],
      receivable: [0, 58_500, 13_000, 45_500],
      'customer-credit': [-4_500, 4_500, 0, 0],
      revenue: [-56_000, 0, 63_000, -119_000],
      'goodwill-expense': [500, 0, 0, 500],
    });
  });

  it('are in balance after every command, then as now', async () => {
    expect(snapshots).toHaveLength(8);
    for (const { position, balance: then } of snapshots) {
      expect(await balance(`position=${position}`)).toEqual(then);
      for (const { balance: left, debit, credit } of then.totals) {
        expect([left.amount, debit.amount]).toEqual([0, credit.amount]);
      }
    }
    const [first, last] = [snapshots[0]?.balance.items ?? [], snapshots.at(-1)?.balance.items ?? []];
    expect(figures(first)).toMatchObject({ cash: [0, 60_000, 0, 60_000] });
    expect(figures(last)).toEqual(figures((await balance()).items));
    for (const { position } of await entries()) {
      const { totals } = await balance(`position=${position}`);
      expect(totals.map(({ balance: left }) => left.amount)).toEqual(totals.map(() => 0));
    }
  });

  it('answer as of a moment by business time, whatever month it was booked into', async () => {
    const asOf = async (moment: string) => figures((await balance(`asOf=${moment}`)).items);
    expect(await asOf('2026-06-11T08:59:59.999Z')).toEqual({
      cash: [0, 63_000, 0, 63_000],
      receivable: [0, 63_000, 63_000, 0],
      revenue: [0, 0, 63_000, -63_000],
    });
    expect(await asOf('2026-06-11T09:00:00Z')).toMatchObject({ 'customer-credit': [0, 0, 8_000, -8_000] });
    expect(await asOf('2026-05-31T23:59:59Z')).toEqual({});
    expect(await asOf('2026-07-01T09:00:00Z')).toEqual(figures((await balance()).items));
  });

  it('keep the figures of a closed month, and say who closed it', async () => {
    const periods = (await ledger.walk('/v1/accounting-periods', 1)) as unknown as AccountingPeriodWithFigures[];
    expect(periods.map(({ month, status }) => [month, status])).toEqual([
      ['2026-07', 'open'],
      ['2026-06', 'closed'],
    ]);
    const [july, closed] = periods;
    expect(july).toMatchObject({ closedAt: null, closedBy: null, event: null });
    expect(closed).toMatchObject({
      closedAt: '2026-07-01T09:00:00.000Z',
      closedBy: 'admin',
      event: { stream: 'accounting-periods', revision: 0 },
    });
    const { items, totals } = await balance('month=2026-06');
    expect(closed?.figures).toEqual({ items, totals });
    expect(figures(closed?.figures.items ?? [])).toEqual(june);
  });

  it('say when something is missing in them', async () => {
    const pool = openPool(database.connectionString, { max: 1 });
    const parked = async () => [
      (await balance()).parkedStreams,
      (await ledger.get('/v1/accounting-periods')).body['parkedStreams'],
    ];
    expect(await parked()).toEqual([0, 0]);
    await pool.query(
      `INSERT INTO ${ledgerSchema}.parked_streams (stream, event_id, event_type, revision, reason)
       VALUES ('license-x', 'e', 'InvoiceIssued', 1, ''), ('plan-x', 'e', 'PlanDefined', 1, '')`,
    );
    expect(await parked()).toEqual([1, 1]);
    await pool.query(`DELETE FROM ${ledgerSchema}.parked_streams`);
    await pool.end();
  });

  it.each([
    ['month=2026-13', 'month'],
    ['asOf=2026-08-01T00:00:00Z', 'asOf'],
    ['asOf=2026-06-30', 'asOf'],
    ['position=x', 'position'],
    ['currency=USD', 'currency'],
  ])('refuse a trial balance of %s', async (filter, path) => {
    const { status, body } = await ledger.get(`/v1/journal/trial-balance?${filter}`);
    expect([status, (body['errors'] as { path: string }[]).map((error) => error.path)]).toEqual([400, [path]]);
  });

  it('refuse to choose between two', async () => {
    const { body } = await ledger.get('/v1/journal/trial-balance?month=2026-06&asOf=2026-06-30T00:00:00Z');
    expect(body).toMatchObject({ code: 'validation-failed', errors: [{ path: 'month' }, { path: 'asOf' }] });
  });

  it.each(['/v1/journal?account=bank', '/v1/journal?month=june', '/v1/accounting-periods?cursor=x'])(
    'refuse %s',
    async (url) => {
      expect((await ledger.get(url)).body).toMatchObject({ status: 400, code: 'validation-failed' });
    },
  );

  it('are open to billing and finance, and to nobody else', async () => {
    for (const url of ['/v1/journal', '/v1/journal/trial-balance', '/v1/accounting-periods']) {
      for (const role of ['billing', 'finance'] as const) expect((await ledger.get(url, { role })).status).toBe(200);
      expect((await ledger.get(url, { role: 'support' })).status).toBe(403);
      expect((await ledger.get(url, { role: 'customer', email: 'billing@acme.example' })).status).toBe(403);
    }
  });
});
