import type { AccountingPeriods, JournalEntry, List, TrialBalance } from '#contracts';
import { LedgerProcess, temporaryFolder, type Asking } from '../support/ledger-process.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const billing = { role: 'billing', subject: 'ines@seller.example' } as const;

/** A month of several customers, its closing, and who comes too late: each step stands on the one before. */
describe('the books of a month, over HTTP', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let acme: string;
  let berta: string;
  let june: TrialBalance;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
  }, 150_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const balance = async (filter = '', headers: Record<string, string> = {}) => {
    const { status, body } = await ledger.get<TrialBalance>(`/v1/journal/trial-balance?${filter}`, { headers });
    expect(status).toBe(200);
    return body;
  };
  const expectBalanced = ({ totals }: TrialBalance) => {
    for (const { balance: left, debit, credit } of totals) {
      expect(left.amount).toBe(0);
      expect(debit).toEqual(credit);
    }
  };
  /** Sends a command, and looks at the books where it left them and as they are. */
  const command = async (path: string, body: object = {}, asking?: Asking) => {
    const answer = await ledger.post(path, body, asking);
    expect(answer.status).toBe(201);
    const position = String(answer.headers.get('ledger-position'));
    const now = await balance('', { 'ledger-min-position': position });
    expectBalanced(now);
    expectBalanced(await balance(`position=${position}`));
    return now;
  };
  const moveTo = async (now: string) => {
    expect((await ledger.put('/v1/test-clock', { now })).status).toBe(200);
    expectBalanced(await balance());
  };
  const balanceOf = ({ items }: TrialBalance, currency = 'USD') =>
    Object.fromEntries(
      items.filter((item) => item.currency === currency).map((item) => [item.account, item.balance.amount]),
    );
  const pay = (invoiceNumber: string, amount: number) =>
    command(`/v1/invoices/${invoiceNumber}/payments`, { amount, method: 'bank transfer', reference: 'r' });

  it('begin with invoices and payments', async () => {
    acme = await ledger.register('acme.example');
    berta = await ledger.register('berta.example', { seats: 10 });
    const yen = { name: 'Solo', prices: [{ currency: 'JPY', interval: 'month', amount: 1200 }] };
    await ledger.put('/v1/plans/solo', yen);
    await ledger.register('chiyo.example', { planId: 'solo', seats: 5, currency: 'JPY', timeZone: 'Asia/Tokyo' });
    await pay('ACME.EXAMPLE-0001', 60_000);
    await pay('CHIYO.EXAMPLE-0001', 6_000);
    const books = await pay('BERTA.EXAMPLE-0001', 4_000);
    expect(balanceOf(books)).toEqual({ cash: 64_000, receivable: 6_000, revenue: -70_000 });
    expect(balanceOf(books, 'JPY')).toEqual({ cash: 6_000, receivable: 0, revenue: -6_000 });
  });

  it('take in credits, given and taken back, and goodwill', async () => {
    await moveTo('2026-06-11T09:00:00Z');
    await command(`${acme}/seat-changes`, { seats: 48 });
    await command(`${berta}/credits`, { amount: 700, reason: 'an outage' });
    await pay('BERTA.EXAMPLE-0001', 6_000);
    await moveTo('2026-06-21T09:00:00Z');
    const books = await command(`${acme}/seat-changes`, { seats: 60 });
    expect(balanceOf(books)).toEqual({
      cash: 70_000,
      receivable: 0,
      'customer-credit': -4_700,
      revenue: -66_000,
      'goodwill-expense': 700,
    });
  });

  it('are closed once the month is over, by billing', async () => {
    const closing = '/v1/accounting-periods/2026-06/closing';
    expect((await ledger.post(closing, {}, { as: billing })).body['code']).toBe('period-not-over');
    await moveTo('2026-07-02T08:00:00Z');
    await pay('ACME.EXAMPLE-0002', 10_000);
    june = await balance('month=2026-06');
    expect((await ledger.post(closing, {}, { as: { role: 'finance' } })).status).toBe(403);
    await command(closing, {}, { as: billing, key: 'close june' });
    await command(closing, {}, { as: billing, key: 'close june' });
    expect((await ledger.post(closing, {}, { as: billing })).body['code']).toBe('period-closed');
    expect(await balance('month=2026-06')).toEqual(june);
    // July began for the customer in Tokyo while it was June for the books.
    expect(balanceOf(june, 'JPY')).toEqual({ cash: 6_000, receivable: 6_000, revenue: -12_000 });
  });

  it('book who comes late into July, and say so', async () => {
    const terms = { planId: 'team', seats: 3, currency: 'USD', interval: 'month' };
    const moved = { domain: 'late.example', billingEmail: 'a@late.example', ...terms };
    await command('/v1/licenses', { ...moved, startedOn: '2026-06-10', paidThrough: '2026-07-01' });
    const { body } = await ledger.get<List<JournalEntry>>('/v1/journal?lateFrom=2026-06');
    expect(body.items.map(({ kind, month, effectiveAt }) => [kind, month, effectiveAt])).toEqual([
      ['invoice', '2026-07', '2026-06-10T00:00:00.000Z'],
      ['paid-elsewhere', '2026-07', '2026-06-10T00:00:00.000Z'],
    ]);
    expect(await balance('month=2026-06')).toEqual(june);
    const { items } = await balance('month=2026-07');
    const july = items.find(({ account, currency }) => account === 'revenue' && currency === 'USD');
    // Acme's 600.00 and Berta's 100.00 of July, and 30.00 that belong to June.
    expect(july).toMatchObject({ opening: usd(-66_000), credit: usd(73_000) });
  });

  it('keep June as it was closed, also after a restart', async () => {
    await ledger.stop();
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-07-02T08:00:00Z' });
    const { items } = (await ledger.get<AccountingPeriods>('/v1/accounting-periods')).body;
    expect(items.map(({ month, status }) => [month, status])).toEqual([
      ['2026-07', 'open'],
      ['2026-06', 'closed'],
    ]);
    expect(items[1]).toMatchObject({ closedAt: '2026-07-02T08:00:00.000Z', closedBy: 'ines@seller.example' });
    expect(items[1]?.figures).toEqual({ items: june.items, totals: june.totals });
  }, 150_000);
});
