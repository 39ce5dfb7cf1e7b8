import type { AuditEntry } from '#contracts';
import { licenseIdOf } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe.each(testDatabases())('the audit on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  const ada = { role: 'customer', email: 'ada@acme.example' } as const;
  const acme = licenseIdOf('acme.example');

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    const path = await ledger.register('acme.example', {
      billingEmail: ada.email,
      startedOn: '2026-06-01',
      paidThrough: '2026-07-01',
    });
    await ledger.register('berta.example');
    ledger.clock.moveTo('2026-07-01T09:00:00.000Z');
    await ledger.ask('POST', `${path}/seat-changes`, { seats: 61 }, ada);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const entries = async (filter = '') => (await ledger.walk(`/v1/audit?${filter}`, 2)) as unknown as AuditEntry[];
  const typesOf = (found: readonly AuditEntry[]) => found.map(({ type }) => type);

  it('has an entry for each event, newest first, page after page', async () => {
    const found = await entries();
    const events = ['LicenseRegistered', 'InvoiceIssued', 'SeatsIncreased'];
    const told = typesOf(found).filter((type) => events.includes(type));
    const [acmes, bertas, julys] = [events.slice(0, 2), events.slice(0, 2), events.slice(1)];
    expect(told.reverse()).toEqual([...acmes, ...bertas, ...julys]);
    expect(new Set(found.map(({ event }) => event.id)).size).toBe(found.length);
  });

  it('says who did it, through which program and by which request', async () => {
    const { headers } = await ledger.ask('POST', `/v1/licenses/${acme}/seat-changes`, { seats: 62 }, ada);
    const [entry] = await entries(`actor=${ada.email}`);
    expect(entry).toEqual({
      type: 'SeatsIncreased',
      licenseId: acme,
      actor: { id: ada.email, role: 'customer' },
      client: 'local',
      requestId: headers['x-request-id'],
      recordedAt: expect.any(String) as string,
      effectiveAt: '2026-07-01T09:00:00.000Z',
      event: { id: expect.any(String) as string, stream: `license-${acme}`, revision: expect.any(Number) as number },
    });
  });

  it('tells what fell due from what somebody did', async () => {
    const due = await entries(`actor=time&licenseId=${acme}`);
    expect(due.map(({ type, actor, client }) => [type, actor.role, client])).toContainEqual([
      'InvoiceIssued',
      'system',
      null,
    ]);
    const [rolled] = due;
    const changed = (await entries(`licenseId=${acme}&type=SeatsIncreased`)).at(-1);
    expect(rolled?.requestId).toBe(changed?.requestId);
  });

  it('is found by license, type and time', async () => {
    expect(new Set((await entries(`licenseId=${acme}`)).map(({ licenseId }) => licenseId))).toEqual(new Set([acme]));
    expect(typesOf(await entries('type=PlanDefined'))).toEqual(expect.arrayContaining(['PlanDefined']));
    expect(await entries('to=2020-01-01')).toEqual([]);
    expect(await entries('from=2020-01-01')).toEqual(await entries());
    const [newest] = await entries();
    expect((await entries(`from=${newest?.recordedAt}`))[0]).toEqual(newest);
  });

  it('is for finance and admins', async () => {
    const status = async (role: 'finance' | 'billing' | 'support') => (await ledger.get('/v1/audit', { role })).status;
    expect(await Promise.all((['finance', 'billing', 'support'] as const).map(status))).toEqual([200, 403, 403]);
    expect((await ledger.get('/v1/audit', ada)).status).toBe(403);
  });

  it('can be saved as CSV', async () => {
    const { text } = await ledger.getAs('text/csv', '/v1/audit?type=SeatsIncreased');
    expect(text).toContain(`,SeatsIncreased,${acme},${ada.email},customer,local,`);
  });
});
