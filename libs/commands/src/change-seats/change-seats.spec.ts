import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('changing seats', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('answers with the credit, the next invoice and the propagation', async () => {
    const license = await ledger.register('acme.example');
    const { status, body, headers } = await ledger.post(`${license}/seat-changes`, { seats: 48 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      from: 60,
      to: 48,
      creditedSeats: 12,
      credit: { amount: 12000, currency: 'USD' },
      nextInvoice: { gross: { amount: 48000 }, creditApplied: { amount: 12000 }, total: { amount: 36000 } },
      propagation: { kind: 'SeatsReduced', status: 'pending', deadline: '2026-06-02T09:00:00.000Z', revision: 2 },
      revision: 2,
    });
    expect(headers).toMatchObject({ etag: '"2"' });
  });

  it('gives a repeat the first answer, though the license and the price have moved on', async () => {
    const license = await ledger.register('again.example');
    const first = await ledger.post(`${license}/seat-changes`, { seats: 48 }, { key: 'k' });
    await ledger.post(`${license}/seat-changes`, { seats: 50 });
    const prices = [{ currency: 'USD', interval: 'month', amount: 2000 }];
    await ledger.ask('PUT', '/v1/plans/team', { name: 'Team', prices });
    const again = await ledger.post(`${license}/seat-changes`, { seats: 48 }, { key: 'k' });
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ etag: first.headers['etag'] as string });
    const { body } = await ledger.post(`${license}/seat-changes`, { seats: 49 }, { key: 'k' });
    expect(body.code).toBe('idempotency-key-reused');
    expect(await ledger.eventsOf('again.example')).toHaveLength(4);
  });

  it('is made only while the license is at the revision that the caller has seen', async () => {
    const license = await ledger.register('etag.example');
    await ledger.post(`${license}/seat-changes`, { seats: 61 });
    const stale = await ledger.post(`${license}/seat-changes`, { seats: 62 }, { ifMatch: '"1"' });
    expect([stale.status, stale.body.code, stale.body['revision']]).toEqual([412, 'revision-mismatch', 2]);
    expect((await ledger.post(`${license}/seat-changes`, { seats: 62 }, { ifMatch: '"2"' })).status).toBe(201);
  });

  it('is made at the figures of a quote, or answers with the fresh ones', async () => {
    const license = await ledger.register('quoted.example');
    const { body: quote } = await ledger.post(`${license}/quotes`, { seats: 48 });
    expect(quote).toMatchObject({ from: 60, to: 48, allowed: true, problem: null, credit: { amount: 12000 } });
    await ledger.post(`${license}/seat-changes`, { seats: 50 });
    const change = { seats: 48, quoteToken: quote['quoteToken'] };
    const stale = await ledger.post(`${license}/seat-changes`, change);
    expect(stale).toMatchObject({ status: 409, body: { code: 'quote-stale', quote: { credit: { amount: 2000 } } } });
    const fresh = { seats: 48, quoteToken: (stale.body['quote'] as { quoteToken: string }).quoteToken };
    expect((await ledger.post(`${license}/seat-changes`, fresh)).status).toBe(201);
  });

  it('takes the staff along that the change names, or nothing at all', async () => {
    const license = await ledger.register('staff.example', { seats: 3 });
    for (const staffId of ['ada', 'bob', 'eve']) {
      const member = { staffId, email: `${staffId}@staff.example`, name: staffId, role: 'agent' };
      expect((await ledger.post(`${license}/staff`, member)).status).toBe(201);
    }
    const refused = await ledger.post(`${license}/seat-changes`, { seats: 1, disableStaff: ['ada'] });
    expect(refused).toMatchObject({ status: 409, body: { code: 'staff-count-exceeded', disable: 1 } });
    const { body } = await ledger.post(`${license}/seat-changes`, { seats: 1, disableStaff: ['ada', 'eve'] });
    expect(body).toMatchObject({ to: 1, disabledStaff: ['ada', 'eve'] });
    const types = (await ledger.eventsOf('staff.example')).slice(-3).map(({ type }) => type);
    expect(types).toEqual(['StaffDisabled', 'StaffDisabled', 'SeatsReduced']);
  });

  it('is for whoever owns the license; to others there is none', async () => {
    const license = await ledger.register('owned.example');
    const owner = { role: 'customer', email: 'Billing@owned.example' } as const;
    const stranger = { role: 'customer', email: 'billing@acme.example' } as const;
    expect((await ledger.post(`${license}/seat-changes`, { seats: 61 }, { as: owner, key: 'k' })).status).toBe(201);
    for (const asking of [{ as: stranger }, { as: stranger, key: 'k' }, { as: stranger, ifMatch: '"7"' }]) {
      const { status, body } = await ledger.post(`${license}/seat-changes`, { seats: 61 }, asking);
      expect([status, body.code]).toEqual([404, 'not-found']);
    }
    const { status } = await ledger.post(`${license}/seat-changes`, { seats: 62 }, { as: { role: 'finance' } });
    expect(status).toBe(403);
  });

  it('decides parallel changes one after another and loses none', async () => {
    const license = await ledger.register('busy.example', { seats: 1 });
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ledger.post(`${license}/seat-changes`, { seats: index + 2 })),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    const froms = replies.map(({ body }) => body['from'] as number);
    expect(new Set(froms).size).toBe(200);
  });

  it.each([
    [{}, 'seats'],
    [{ seats: 'many' }, 'seats'],
    [{ seats: 0 }, 'seats'],
    [{ seats: 5, disableStaff: 'ada' }, 'disableStaff'],
    [{ seats: 5, disableStaff: ['ada', 7] }, 'disableStaff[1]'],
    [{ seats: 5, disableStaff: ['nobody'] }, 'disableStaff[0]'],
    [{ seats: 5, quoteToken: 7 }, 'quoteToken'],
    [{ seats: 5, planId: 'no-such-plan' }, 'planId'],
    [{ seats: 5, price: 0 }, 'price'],
  ])('refuses %j and names %s', async (request, path) => {
    const license = await ledger.register(`bad-${path.replace(/\W/g, '')}-${JSON.stringify(request).length}.example`);
    const { status, body } = await ledger.post(`${license}/seat-changes`, request);
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
