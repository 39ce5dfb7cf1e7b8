import { licenseIdOf } from '#license';
import { licenseOf, SpecLedger } from '../spec-support/spec-ledger.js';

describe('registering a license', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
    await ledger.register('first.example');
  });
  afterAll(() => ledger.stop());

  it('answers with the license, its revision and the position of its events', async () => {
    const { status, body, headers } = await ledger.post('/v1/licenses', licenseOf('acme.example'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      licenseId: licenseIdOf('acme.example'),
      status: 'active',
      seats: 60,
      paidSeats: 60,
      timeZone: 'UTC',
      startedOn: '2026-06-01',
      cycle: { index: 0, startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 },
      propagation: { pending: 0, overdue: 0 },
      revision: 1,
    });
    expect(headers).toMatchObject({ etag: '"1"', 'ledger-position': expect.any(String) as string });
  });

  it('registers a domain once, however it is written', async () => {
    await ledger.register('once.example');
    const { status, body } = await ledger.post('/v1/licenses', licenseOf('ONCE.example'));
    expect([status, body.code]).toEqual([409, 'license-exists']);
  });

  it('gives the first answer again to a repeat, also of many at once, and refuses the key for another license', async () => {
    const key = 'one key';
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => ledger.post('/v1/licenses', licenseOf('again.example'), { key })),
    );
    expect(new Set(replies.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
    expect(await ledger.eventsOf('again.example')).toHaveLength(2);

    const { status, body } = await ledger.post('/v1/licenses', licenseOf('other.example'), { key });
    expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await ledger.eventsOf('other.example')).toEqual([]);
  });

  it("lets a customer register for its own billing email, and keeps another caller's equal key apart", async () => {
    const as = { role: 'customer', email: 'billing@own.example' } as const;
    expect((await ledger.post('/v1/licenses', licenseOf('own.example'), { as, key: 'one key' })).status).toBe(201);
    const { status, body } = await ledger.post('/v1/licenses', licenseOf('foreign.example'), { as });
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  it.each([
    [{ domain: 'not a domain' }, 'domain'],
    [{ domain: `${'a'.repeat(64)}.example` }, 'domain'],
    [{ billingEmail: 'nobody' }, 'billingEmail'],
    [{ planId: 'no-such-plan' }, 'planId'],
    [{ planId: '../team' }, 'planId'],
    [{ seats: 0 }, 'seats'],
    [{ seats: -5 }, 'seats'],
    [{ seats: 1.5 }, 'seats'],
    [{ seats: '60' }, 'seats'],
    [{ seats: 1e15 }, 'seats'],
    [{ currency: 'XXXX' }, 'currency'],
    [{ currency: 'EUR' }, 'planId'],
    [{ interval: 'week' }, 'interval'],
    [{ startedOn: '2026-02-30' }, 'startedOn'],
    [{ startedOn: '2026-06-02' }, 'startedOn'],
    [{ startedOn: '0001-01-01' }, 'startedOn'],
    [{ paidThrough: 'tomorrow' }, 'paidThrough'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ callbackUrl: 'file:///etc/passwd' }, 'callbackUrl'],
    [{ callbackUrl: 'https://user:secret@acme.example' }, 'callbackUrl'],
    [{ discount: 10 }, 'discount'],
  ])('refuses %j and names %s', async (wrong, path) => {
    const { status, body } = await ledger.post('/v1/licenses', { ...licenseOf('wrong.example'), ...wrong });
    expect([status, body.code, body.errors?.map((error) => error.path)]).toEqual([400, 'validation-failed', [path]]);
  });
});
