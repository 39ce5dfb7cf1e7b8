import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('a quote', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('shows what the change then does, and records nothing', async () => {
    const license = await ledger.register('acme.example');
    const before = await ledger.eventsOf('acme.example');
    const quoted = await ledger.post(`${license}/quotes`, { seats: 48 });
    expect(quoted).toMatchObject({ status: 200, body: { today: { amount: 0 }, allowed: true } });
    expect(await ledger.eventsOf('acme.example')).toEqual(before);
    const { body } = await ledger.post(`${license}/seat-changes`, { seats: 48 });
    for (const figure of ['from', 'to', 'credit', 'creditBalance', 'nextInvoice']) {
      expect(body[figure]).toEqual(quoted.body[figure]);
    }
  });

  it('says why a change would be refused', async () => {
    const license = await ledger.register('why.example');
    const { status, body } = await ledger.post(`${license}/quotes`, { seats: 60 });
    expect([status, body['allowed']]).toEqual([200, false]);
    expect(body['problem']).toMatchObject({ code: 'seats-unchanged', status: 409 });
  });

  it('is of a plan alone, too, and knows the plan at once', async () => {
    const license = await ledger.register('plan.example');
    const prices = [{ currency: 'USD', interval: 'month', amount: 1500 }];
    await ledger.ask('PUT', '/v1/plans/pro', { name: 'Pro', prices });
    const { body } = await ledger.post(`${license}/quotes`, { planId: 'pro' });
    expect(body).toMatchObject({ allowed: true, nextInvoice: { total: { amount: 90000 } } });
  });
});
