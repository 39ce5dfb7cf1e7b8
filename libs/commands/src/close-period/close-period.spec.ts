import { SpecLedger, type Asking } from '../spec-support/spec-ledger.js';

describe('closing a month of the books', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start('2026-07-01T00:00:00.000Z');
  });
  afterAll(() => ledger.stop());

  const close = (month: string, asking?: Asking) => ledger.post(`/v1/accounting-periods/${month}/closing`, {}, asking);
  const billing = { role: 'billing', subject: 'ines@seller.example' } as const;

  it('is refused while the month is not over', async () => {
    const { status, body } = await close('2026-07');
    expect([status, body.code, body['overAt']]).toEqual([409, 'period-not-over', '2026-08-01T00:00:00.000Z']);
  });

  it('happens once for each key, and says who did it', async () => {
    const first = await close('2026-06', { as: billing, key: 'june' });
    expect(first).toMatchObject({
      status: 201,
      body: {
        month: '2026-06',
        status: 'closed',
        closedAt: '2026-07-01T00:00:00.000Z',
        closedBy: 'ines@seller.example',
        event: { stream: 'accounting-periods', revision: 0 },
      },
      headers: { etag: '"0"' },
    });
    expect(first.headers['ledger-position']).toBeDefined();
    ledger.clock.moveTo('2026-09-01T00:00:00.000Z');
    expect(await close('2026-06', { as: billing, key: 'june' })).toMatchObject({ status: 201, body: first.body });
    expect((await close('2026-07', { as: billing, key: 'june' })).body.code).toBe('idempotency-key-reused');
    const again = await close('2026-06', { as: billing });
    expect([again.status, again.body.code, again.body['closedThrough']]).toEqual([409, 'period-closed', '2026-06']);
  });

  it('happens in the order of the months', async () => {
    const { status, body } = await close('2026-08');
    expect([status, body.code, body['next']]).toEqual([409, 'period-out-of-order', '2026-07']);
    expect((await close('2026-07', { ifMatch: '"7"' })).body.code).toBe('revision-mismatch');
    expect((await close('2026-07', { ifMatch: '"0"' })).status).toBe(201);
    expect((await close('2026-08')).body).toMatchObject({ event: { revision: 2 } });
  });

  it('closes a month once, whoever is first', async () => {
    ledger.clock.moveTo('2026-10-01T00:00:00.000Z');
    const answers = await Promise.all(Array.from({ length: 8 }, () => close('2026-09')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it.each(['finance', 'support', 'service'] as const)('is not for the role %s', async (role) => {
    expect((await close('2026-10', { as: { role } })).status).toBe(403);
  });

  it.each(['2026-13', 'june', '2026-6', '2026-06-01'])('refuses %s, which is no month', async (month) => {
    const { status, body } = await close(month);
    expect([status, body.errors?.map(({ path }) => path)]).toEqual([400, ['month']]);
  });
});
