import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('the staff count of an instance', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const instance = { role: 'helpdesk', domain: 'duo.example' } as const;
  const report = (active: unknown, domain = 'duo.example') =>
    ledger.post(`/v1/helpdesks/${domain}/staff-count`, { active }, { as: instance });
  const count = (domain = 'duo.example') =>
    ledger.ask('GET', `/Base/staff/getcount?domain=${domain}`, undefined, { as: instance });

  it('locks the helpdesk while it is above the seats, and is told as text', async () => {
    const license = await ledger.register('duo.example', { seats: 2 });
    expect((await count()).body).toEqual({ text: '0' });
    expect((await report(2)).body).toEqual({ access: 'accessible', message: null });
    expect((await report(3)).body).toEqual({
      access: 'locked',
      message: 'Staff count exceeded. (3 > 2). Please contact support for further assistance.',
    });
    const { body, headers } = await count();
    expect([body['text'], headers['content-type']]).toEqual(['3', 'text/plain; charset=utf-8']);
    expect(await ledger.post(`${license}/seat-changes`, { seats: 3 })).toMatchObject({ status: 201 });
    expect((await report(3)).body).toEqual({ access: 'accessible', message: null });
  });

  it("is its own instance's alone", async () => {
    await ledger.register('acme.example');
    expect((await report(1, 'acme.example')).status).toBe(404);
    expect((await count('acme.example')).status).toBe(404);
    expect((await count('no-such.example')).status).toBe(404);
  });

  it.each([-1, 1.5, '3', null])('refuses %j', async (active) => {
    expect((await report(active)).status).toBe(400);
  });

  it('needs a domain to count', async () => {
    const { status, body } = await count('');
    expect([status, body.code]).toEqual([400, 'validation-failed']);
  });
});
