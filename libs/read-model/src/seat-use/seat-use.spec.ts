import type { ChargedCycle, PolicySummary } from '#contracts';
import { licenseIdOf } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe.each(testDatabases())('seat use on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let acme: string;

  /** Ten seats from June on: twelve from the 11th, eight from the 21st; and others that pay for more than they use. */
  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    acme = await ledger.register('acme.example', { seats: 10, paidThrough: '2027-01-01' });
    const idle = await ledger.register('idle.example', { seats: 60, paidThrough: '2027-01-01' });
    await ledger.register('odd.example', { seats: 7, currency: 'EUR', startedOn: '2026-05-31' });
    await ledger.register('gone.example', { seats: 30 });
    for (let n = 0; n < 48; n++) {
      await ledger.post(`${idle}/staff`, { email: `${n}@idle.example`, name: `Agent ${n}`, role: 'agent' });
    }
    await ledger.post(`/v1/licenses/${licenseIdOf('gone.example')}/cancellation`);
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 12 });
    ledger.clock.moveTo('2026-06-21T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 8 });
    ledger.clock.moveTo('2026-07-05T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 9 });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  it('lists who pays for seats that nobody sits on, and what a safe reduction saves', async () => {
    const items = await ledger.walk('/v1/reports/unused-seats', 1);
    expect(items.map(({ domain, unusedSeats }) => [domain, unusedSeats])).toEqual([
      ['idle.example', 12],
      ['acme.example', 9],
      ['odd.example', 7],
    ]);
    // July has 31 days, of which 27 remain; idle.example has not been rolled forward to it yet, so it stands in June.
    expect(items[0]).toMatchObject({ seats: 60, usedSeats: 48, safeSeats: 48, savingPerCycle: usd(12_000) });
    expect(await ledger.walk('/v1/reports/unused-seats?atLeast=8', 50)).toHaveLength(2);
  });

  it('gives the very credit that the reduction then earns', async () => {
    const [first] = (await ledger.get('/v1/reports/unused-seats?atLeast=9&limit=2')).body.items.slice(1);
    expect(first).toMatchObject({ domain: 'acme.example', safeSeats: 1 });
    const quote = await ledger.post(`${acme}/quotes`, { seats: 1 });
    expect(first?.['creditNow']).toEqual(quote['credit']);
  });

  it('tells for each cycle what the same seats would have earned otherwise', async () => {
    const items = await ledger.walk(`${acme}/charged-cycles`, 1);
    expect(items).toMatchObject([
      {
        invoiceNumber: 'ACME.EXAMPLE-0001',
        paidSeats: 10,
        highestSeats: 12,
        creditedSeatDays: 20,
        unchargedSeatDays: 20,
        uncharged: usd(667),
        policies: { nextCycle: usd(9_333), proratedIncreases: usd(10_000), highWaterMark: usd(12_000) },
      },
      { paidSeats: 8, highestSeats: 9, creditedSeatDays: 0, unchargedSeatDays: 27 },
    ]);
  });

  it('adds cycles up as they are: each rounded by itself', async () => {
    const { items } = (await ledger.get('/v1/reports/policies')).body as unknown as { items: PolicySummary[] };
    const cycles: ChargedCycle[] = [];
    for (const domain of ['acme', 'idle', 'odd', 'gone']) {
      const path = `/v1/licenses/${licenseIdOf(`${domain}.example`)}/charged-cycles`;
      cycles.push(...((await ledger.walk(path, 50)) as unknown as ChargedCycle[]));
    }
    for (const { currency, month, ...summary } of items) {
      const own = cycles.filter(
        ({ cycle, uncharged }) => cycle.startsOn.startsWith(month) && uncharged.currency === currency,
      );
      const sum = (of: (each: ChargedCycle) => number) => own.reduce((total, each) => total + of(each), 0);
      expect(summary).toEqual({
        cycles: own.length,
        creditedSeatDays: sum((each) => each.creditedSeatDays),
        unchargedSeatDays: sum((each) => each.unchargedSeatDays),
        uncharged: { currency, amount: sum((each) => each.uncharged.amount) },
        policies: {
          nextCycle: { currency, amount: sum((each) => each.policies.nextCycle.amount) },
          proratedIncreases: { currency, amount: sum((each) => each.policies.proratedIncreases.amount) },
          highWaterMark: { currency, amount: sum((each) => each.policies.highWaterMark.amount) },
        },
      });
    }
    expect(items.map(({ currency, month }) => `${currency} ${month}`)).toEqual(
      [...items.map(({ currency, month }) => `${currency} ${month}`)].sort(),
    );
    expect(items.length).toBeGreaterThan(2);
    const some = (await ledger.get('/v1/reports/policies?currency=EUR&startsFrom=2026-05-01&startsTo=2026-05-31')).body;
    expect(some.items).toMatchObject([{ currency: 'EUR', month: '2026-05', cycles: 1 }]);
  });

  it('shows customers their own unused seats, and policies to nobody but billing and finance', async () => {
    const customer = { role: 'customer', email: 'billing@acme.example' } as const;
    const own = (await ledger.get('/v1/reports/unused-seats', customer)).body.items;
    expect(own.map(({ domain }) => domain)).toEqual(['acme.example']);
    expect((await ledger.get('/v1/reports/policies', customer)).status).toBe(403);
    expect((await ledger.get(`${acme}/charged-cycles`, { role: 'support' })).status).toBe(403);
    expect((await ledger.get('/v1/reports/policies', { role: 'finance' })).status).toBe(200);
  });
});
