import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('recording a payment', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const payment = { amount: { amount: 20000, currency: 'USD' }, method: 'card', reference: 'r-1' };

  it('answers with the invoice, in parts and whole, and a repeat with what it was then', async () => {
    await ledger.register('acme.example');
    const payments = '/v1/invoices/ACME.EXAMPLE-0001/payments';
    const part = await ledger.post(payments, payment, { key: 'k' });
    expect(part).toMatchObject({
      status: 201,
      body: { status: 'open', total: { amount: 60000 }, paid: { amount: 20000 }, open: { amount: 40000 } },
    });
    const whole = await ledger.post(payments, { ...payment, amount: 40000 });
    expect(whole.body).toMatchObject({ status: 'paid', open: { amount: 0 } });
    expect((await ledger.post(payments, payment, { key: 'k' })).body).toEqual(part.body);
  });

  it('takes no more than is open', async () => {
    await ledger.register('over.example');
    const { status, body } = await ledger.post('/v1/invoices/OVER.EXAMPLE-0001/payments', {
      ...payment,
      amount: 60001,
    });
    expect([status, body.code, body['open']]).toEqual([409, 'overpayment', { amount: 60000, currency: 'USD' }]);
  });

  it.each(['OTHER.EXAMPLE-0001', 'OVER.EXAMPLE-0002', 'OVER.EXAMPLE-C0001', 'over.example-0001', 'no number'])(
    'finds no invoice %s',
    async (invoiceNumber) => {
      const { status, body } = await ledger.post(`/v1/invoices/${encodeURIComponent(invoiceNumber)}/payments`, payment);
      expect([status, body.code]).toEqual([404, 'not-found']);
    },
  );

  it.each([
    [{ amount: -1 }, 'amount.amount'],
    [{ amount: 0.5 }, 'amount.amount'],
    [{ amount: '5' }, 'amount'],
    [{ amount: { amount: 5, currency: 'EUR' } }, 'amount.currency'],
    [{ amount: { amount: 5, currency: 'euro' } }, 'amount.currency'],
    [{ method: '' }, 'method'],
    [{ reference: undefined }, 'reference'],
  ])('refuses %j and names %s', async (wrong, path) => {
    const { status, body } = await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', { ...payment, ...wrong });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });

  it('is for billing alone', async () => {
    const as = { role: 'customer', email: 'billing@acme.example' } as const;
    expect((await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', payment, { as })).status).toBe(403);
  });
});
