import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('changing billing details', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('changes what is given and keeps the rest', async () => {
    const license = await ledger.register('acme.example');
    const change = (details: object) => ledger.ask('PUT', `${license}/billing-details`, details);
    await change({ address: '1 Main Street', paymentMethodToken: 'pm_1' });
    const { status, body } = await change({ billingEmail: 'accounts@acme.example' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      billingEmail: 'accounts@acme.example',
      address: '1 Main Street',
      paymentMethodToken: 'pm_1',
      revision: 3,
    });
    expect((await change({})).body).toMatchObject({ revision: 3 });
  });

  it('gives the license to the new owner', async () => {
    const license = await ledger.register('sold.example');
    const seller = { role: 'customer', email: 'billing@sold.example' } as const;
    const details = { billingEmail: 'new@sold.example' };
    expect((await ledger.ask('PUT', `${license}/billing-details`, details, { as: seller, key: 'k' })).status).toBe(200);
    expect((await ledger.ask('PUT', `${license}/billing-details`, details, { as: seller, key: 'k' })).status).toBe(200);
    expect((await ledger.post(`${license}/seat-changes`, { seats: 61 }, { as: seller })).status).toBe(404);
  });

  it('refuses the number of a card', async () => {
    const license = await ledger.register('card.example');
    const details = { paymentMethodToken: '4111 1111 1111 1111' };
    const { status, body } = await ledger.ask('PUT', `${license}/billing-details`, details);
    expect([status, body.errors?.[0]?.path]).toEqual([400, 'paymentMethodToken']);
    expect(JSON.stringify(body)).not.toContain('4111');
  });
});
