import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('granting a credit', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('answers with the entry of the credit ledger, and a repeat with the same', async () => {
    const license = await ledger.register('acme.example');
    const credit = { amount: 2500, reason: 'The outage of 10 June' };
    const first = await ledger.post(`${license}/credits`, credit, { key: 'k' });
    const [, , granted] = await ledger.eventsOf('acme.example');
    expect(first).toMatchObject({
      status: 201,
      body: {
        entryId: 'ACME.EXAMPLE-C0001',
        kind: 'goodwill',
        amount: { amount: 2500, currency: 'USD' },
        balanceAfter: { amount: 2500, currency: 'USD' },
        reason: 'The outage of 10 June',
        recordedAt: granted?.recordedAt.toISOString(),
        event: { id: granted?.id, stream: granted?.stream, revision: 2 },
      },
    });
    await ledger.post(`${license}/credits`, credit);
    expect(await ledger.post(`${license}/credits`, credit, { key: 'k' })).toMatchObject({ body: first.body });
    expect(await ledger.eventsOf('acme.example')).toHaveLength(4);
  });

  it.each([[{ amount: 0 }], [{ amount: { amount: 5, currency: 'JPY' } }], [{ reason: ' '.repeat(501) }]])(
    'refuses %j',
    async (wrong) => {
      const license = await ledger.register(`bad-${JSON.stringify(wrong).length}.example`);
      const { status } = await ledger.post(`${license}/credits`, { amount: 5, reason: 'r', ...wrong });
      expect(status).toBe(400);
    },
  );
});
