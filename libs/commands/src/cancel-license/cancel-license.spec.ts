import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('cancelling a license', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('ends it with its cycle, once', async () => {
    const license = await ledger.register('acme.example');
    const first = await ledger.post(`${license}/cancellation`, { reason: 'moving on' }, { key: 'k' });
    expect(first).toMatchObject({
      status: 201,
      body: { endsOn: '2026-07-01', propagation: { kind: 'LicenseCancelled', status: 'pending' } },
    });
    expect((await ledger.post(`${license}/cancellation`, { reason: 'moving on' }, { key: 'k' })).body).toEqual(
      first.body,
    );
    const again = await ledger.post(`${license}/cancellation`);
    expect([again.status, again.body.code]).toEqual([409, 'license-cancelled']);
    const change = await ledger.post(`${license}/seat-changes`, { seats: 5 });
    expect(change.body.code).toBe('license-cancelled');
  });
});
