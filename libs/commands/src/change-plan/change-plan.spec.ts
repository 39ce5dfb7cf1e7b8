import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('changing the plan', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const pro = { name: 'Pro', prices: [{ currency: 'USD', interval: 'month', amount: 1500 }] };

  it('is planned for the next cycle, and shows in the next invoice', async () => {
    const license = await ledger.register('acme.example');
    await ledger.ask('PUT', '/v1/plans/pro', pro);
    const { status, body } = await ledger.post(`${license}/plan-changes`, { planId: 'pro' }, { key: 'k' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      fromPlanId: 'team',
      toPlanId: 'pro',
      effectiveOn: '2026-07-01',
      nextInvoice: { total: { amount: 90000 }, lines: [{ planId: 'pro' }] },
    });
    const same = await ledger.post(`${license}/plan-changes`, { planId: 'pro' });
    expect([same.status, same.body.code]).toEqual([409, 'plan-unchanged']);
    expect((await ledger.post(`${license}/plan-changes`, { planId: 'pro' }, { key: 'k' })).body).toEqual(body);
  });

  it('needs a plan that is on offer', async () => {
    const license = await ledger.register('other.example');
    await ledger.ask('PUT', '/v1/plans/euro', {
      name: 'E',
      prices: [{ currency: 'EUR', interval: 'month', amount: 1 }],
    });
    for (const planId of ['nowhere', 'euro']) {
      const { status, body } = await ledger.post(`${license}/plan-changes`, { planId });
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'planId']);
    }
  });
});
