import { requestHash } from '#http';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('staff', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const ada = { staffId: 'ada', email: 'ada@acme.example', name: 'Ada', role: 'agent' };

  it('is added, disabled, enabled and removed, within the seats', async () => {
    const license = await ledger.register('acme.example', { seats: 1 });
    const added = await ledger.post(`${license}/staff`, ada);
    expect(added).toMatchObject({ status: 201, body: { ...ada, status: 'active' } });
    const full = await ledger.post(`${license}/staff`, { ...ada, staffId: 'bob' });
    expect(full).toMatchObject({ status: 409, body: { code: 'staff-count-exceeded', activeStaff: 2, seats: 1 } });
    expect(String(full.body['detail'])).toContain('Staff count exceeded. (2 > 1)');

    for (const [move, status] of [
      ['disable', 'disabled'],
      ['enable', 'active'],
      ['remove', 'removed'],
    ]) {
      const moved = await ledger.post(`${license}/staff/ada/${move}`, { reason: 'as agreed' });
      expect(moved).toMatchObject({ status: 200, body: { staffId: 'ada', status } });
    }
    expect((await ledger.post(`${license}/staff/ada/enable`)).status).toBe(404);
    expect((await ledger.post(`${license}/staff/nobody/disable`)).status).toBe(404);
  });

  it('gets an id when none is given, the same for a repeat', async () => {
    const license = await ledger.register('made.example');
    const { staffId: _, ...nameless } = ada;
    const first = await ledger.post(`${license}/staff`, nameless, { key: 'k' });
    const again = await ledger.post(`${license}/staff`, nameless, { key: 'k' });
    expect(first).toMatchObject({ status: 201, body: { staffId: expect.any(String) as string } });
    expect(again.body).toEqual(first.body);
    expect((await ledger.post(`${license}/staff`, nameless)).body['staffId']).not.toBe(first.body['staffId']);
  });

  it('is sealed in the log, which has no trace of who it is', async () => {
    const license = await ledger.register('sealed.example');
    await ledger.post(`${license}/staff`, ada, { key: 'k' });
    const moved = await ledger.post(`${license}/staff/ada/disable`);
    expect(moved.body).toMatchObject({ email: ada.email, name: ada.name, status: 'disabled' });
    const [, , added] = await ledger.eventsOf('sealed.example');
    expect(added).toMatchObject({
      type: 'StaffAdded',
      data: { staffId: 'ada', person: { key: 1, sealed: expect.any(String) as string }, role: 'agent' },
      metadata: { schemaVersion: 2 },
    });
    expect(JSON.stringify(added?.data)).not.toContain(ada.email);
  });

  it('is told apart under one key though no hash of it is kept', async () => {
    const license = await ledger.register('alike.example');
    await ledger.post(`${license}/staff`, ada, { key: 'k' });
    const added = (await ledger.eventsOf('alike.example')).at(-1);
    const { staffId, role } = ada;
    expect(added?.metadata.requestHash).toBe(requestHash('POST', `${license}/staff`, { staffId, role }));
    for (const other of [{ name: 'Eve' }, { email: 'eve@acme.example' }, { role: 'admin' }]) {
      const { status, body } = await ledger.post(`${license}/staff`, { ...ada, ...other }, { key: 'k' });
      expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect(await ledger.post(`${license}/staff`, ada, { key: 'k' })).toMatchObject({ status: 201, body: ada });
  });

  it.each([
    [{ staffId: '__proto__' }, 'staffId'],
    [{ staffId: 'a/b' }, 'staffId'],
    [{ role: 'owner' }, 'role'],
    [{ email: 'ada' }, 'email'],
    [{ name: '' }, 'name'],
  ])('refuses %j and names %s', async (wrong, path) => {
    const license = await ledger.register(`bad-${path.toLowerCase()}-${JSON.stringify(wrong).length}.example`);
    const { status, body } = await ledger.post(`${license}/staff`, { ...ada, ...wrong });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
