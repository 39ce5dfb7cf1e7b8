import { licenseIdOf } from '#license';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('erasing personal data', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  const ada = { staffId: 'ada', email: 'ada@acme.example', name: 'Ada', role: 'agent' };
  const bob = { staffId: 'bob', email: 'bob@acme.example', name: 'Bob', role: 'admin' };
  const erase = (license: string, key?: string) =>
    ledger.ask('DELETE', `${license}/personal-data`, undefined, key === undefined ? {} : { key });
  const erased = { email: null, name: 'erased' };

  it('leaves the staff without names, and the seats as they were', async () => {
    const license = await ledger.register('acme.example', { seats: 2 });
    await ledger.post(`${license}/staff`, ada);
    await ledger.post(`${license}/staff`, bob);
    ledger.clock.moveTo('2026-06-02T09:00:00.000Z');
    expect(await erase(license)).toMatchObject({
      status: 200,
      body: { erasedStaff: 2, personalDataErasedAt: '2026-06-02T09:00:00.000Z', revision: 4 },
    });
    const disabled = await ledger.post(`${license}/staff/ada/disable`);
    expect(disabled.body).toMatchObject({ staffId: 'ada', ...erased, role: 'agent', status: 'disabled' });
    const events = await ledger.eventsOf('acme.example');
    expect(events.find(({ type }) => type === 'PersonalDataErased')).toMatchObject({
      data: { key: 1, staff: 2 },
      metadata: { actor: { role: 'admin' } },
    });
  });

  it('seals whoever comes afterwards under a key of their own', async () => {
    const license = await ledger.register('next.example');
    await ledger.post(`${license}/staff`, ada);
    await erase(license);
    expect((await ledger.post(`${license}/staff`, bob)).body).toMatchObject({ email: bob.email, name: 'Bob' });
    expect((await ledger.eventsOf('next.example')).at(-1)).toMatchObject({ data: { person: { key: 2 } } });
    expect((await ledger.post(`${license}/staff/bob/disable`)).body).toMatchObject({ email: bob.email });
    expect((await erase(license)).body).toMatchObject({ erasedStaff: 1 });
    expect((await ledger.post(`${license}/staff/bob/enable`)).body).toMatchObject(erased);
  });

  it('is done once for each key, and answers alike', async () => {
    const license = await ledger.register('once.example');
    await ledger.post(`${license}/staff`, ada, { key: 'add' });
    const first = await erase(license, 'erase');
    await ledger.post(`${license}/staff`, bob);
    const again = await erase(license, 'erase');
    expect(again.body).toEqual(first.body);
    expect((await ledger.post(`${license}/staff/bob/disable`)).body).toMatchObject({ name: 'Bob' });
    // The command that added somebody can still be repeated: it adds nobody, and tells no name.
    const added = await ledger.post(`${license}/staff`, ada, { key: 'add' });
    expect(added).toMatchObject({ status: 201, body: { staffId: 'ada', ...erased } });
  });

  it('appends nothing where nobody is known, and still ends what was cut off before the key was destroyed', async () => {
    const license = await ledger.register('cut.example');
    const nothing = await erase(license);
    expect(nothing).toMatchObject({ status: 200, body: { erasedStaff: 0, personalDataErasedAt: null, revision: 1 } });
    await ledger.post(`${license}/staff`, ada);
    ledger.keys.isInterrupted = true;
    expect((await erase(license)).body.code).toBe('read-model-unavailable');
    ledger.keys.isInterrupted = false;
    expect((await erase(license)).body).toMatchObject({ erasedStaff: 0, revision: 3 });
    expect(await ledger.keys.find({ licenseId: licenseIdOf('cut.example'), key: 1 })).toBe('destroyed');
  });

  it('does not stand in the way of anything but staff when the keys are away', async () => {
    const license = await ledger.register('away.example');
    ledger.keys.isAway = true;
    const refused = await ledger.post(`${license}/staff`, ada, { key: 'add' });
    expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([
      503,
      'read-model-unavailable',
      '1',
    ]);
    expect((await ledger.post(`${license}/seat-changes`, { seats: 61 })).status).toBe(201);
    ledger.keys.isAway = false;
    expect((await ledger.post(`${license}/staff`, ada, { key: 'add' })).status).toBe(201);
  });

  it('is for admins alone', async () => {
    const license = await ledger.register('admins.example');
    for (const role of ['billing', 'support', 'finance'] as const) {
      const { status } = await ledger.ask('DELETE', `${license}/personal-data`, undefined, { as: { role } });
      expect(status).toBe(403);
    }
    const nowhere = await erase('/v1/licenses/ffffffff-0000-5000-8000-000000000000');
    expect(nowhere.status).toBe(404);
  });
});
