import { licenseIdOf } from '#license';
import { ledgerSchema } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe.each(testDatabases())('the staff of a license on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  it('is told by name until that is erased', async () => {
    const license = await ledger.register('erased.example');
    const other = await ledger.register('other-staff.example');
    for (const path of [license, other]) {
      await ledger.post(`${path}/staff`, { staffId: 'eve', email: 'eve@acme.example', name: 'Eve', role: 'agent' });
    }
    const { body } = await ledger.ask('DELETE', `${license}/personal-data`);
    await ledger.post(`${license}/staff`, { staffId: 'fay', email: 'fay@acme.example', name: 'Fay', role: 'agent' });
    const told = async (path: string) =>
      (await ledger.get(`${path}/staff`)).body.items.map(({ staffId, email, name }) => [staffId, email, name]);
    expect(await told(license)).toEqual([
      ['eve', null, 'erased'],
      ['fay', 'fay@acme.example', 'Fay'],
    ]);
    expect(await told(other)).toEqual([['eve', 'eve@acme.example', 'Eve']]);
    const csv = await ledger.getAs('text/csv', `${license}/staff`);
    expect(csv.text.split('\r\n')[1]).toBe(`${licenseIdOf('erased.example')},eve,,erased,agent,active`);
    expect((await ledger.get(license)).body['personalDataErasedAt']).toBe(body['personalDataErasedAt']);
    expect((await ledger.get(other)).body['personalDataErasedAt']).toBeNull();
    const { rows } = await ledger.pool.query<{ person: unknown }>(
      `SELECT person FROM ${ledgerSchema}.staff WHERE license_id = $1 ORDER BY staff_id`,
      [licenseIdOf('erased.example')],
    );
    expect(rows).toEqual([{ person: null }, { person: { key: 2, sealed: expect.any(String) as string } }]);
  });
});
