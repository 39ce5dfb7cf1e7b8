import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('defining a plan', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const price = { currency: 'USD', interval: 'month', amount: 1000 };
  const put = (planId: string, body: object) => ledger.ask('PUT', `/v1/plans/${encodeURIComponent(planId)}`, body);

  it('answers with the plan; the same again is no new edition', async () => {
    const plan = { name: 'Solo', prices: [price, { ...price, currency: 'JPY', amount: 1200 }] };
    const first = await put('solo', plan);
    expect(first).toMatchObject({ status: 200, body: { planId: 'solo', ...plan }, headers: { etag: '"0"' } });
    expect((await put('solo', plan)).headers['etag']).toBe('"0"');
    expect((await put('solo', { ...plan, name: 'One' })).headers['etag']).toBe('"1"');
  });

  it('gives a license the price of the day on which its cycle begins', async () => {
    const license = await ledger.register('acme.example');
    await put('team', { name: 'Team', prices: [{ ...price, amount: 2000 }] });
    const { body } = await ledger.post(`${license}/seat-changes`, { seats: 61 });
    expect(body).toMatchObject({ nextInvoice: { total: { amount: 122000 } } });
  });

  it.each([
    ['team', { prices: [] }, 'prices'],
    ['team', { prices: [price, price] }, 'prices[1]'],
    ['team', { prices: [{ ...price, amount: -1 }] }, 'prices[0].amount'],
    ['team', { prices: [{ ...price, currency: 'usd' }] }, 'prices[0].currency'],
    ['team', { prices: [{ ...price, per: 'seat' }] }, 'prices[0].per'],
    ['a b', {}, 'planId'],
  ])('refuses %s with %j and names %s', async (planId, wrong, path) => {
    const { status, body } = await put(planId, { name: 'Team', prices: [price], ...wrong });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
