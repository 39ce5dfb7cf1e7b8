import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { licenseIdOf } from '#license';
import { FileKeyStore, MasterKeys, Persons } from '#personal-data';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';
import { UnfinishedErasures } from './unfinished-erasures.js';

describe.each(testDatabases())('erasures that were cut off, on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: PlayedLedger;
  let folder: string;
  let keys: FileKeyStore;
  let erasures: UnfinishedErasures;

  const [acme, other] = ['acme.example', 'other.example'].map(licenseIdOf) as [string, string];
  const at = '2026-06-02T09:00:00.000Z';
  const person = { key: 1, sealed: 'c2VhbGVk' };

  beforeAll(async () => {
    database = await open();
    ledger = await PlayedLedger.open(database.connectionString);
    folder = await mkdtemp(join(tmpdir(), 'erasures-spec-'));
    keys = await FileKeyStore.open(folder);
    erasures = new UnfinishedErasures(ledger.pool, new Persons(keys, new MasterKeys([Buffer.alloc(32)])));
    await ledger.player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
    for (const domain of ['acme.example', 'other.example']) {
      await ledger.player.register(domain);
      await ledger.player.run({ domain, at, command: { type: 'AddStaff', staffId: 's1', person, role: 'agent' } });
      await keys.keep({ licenseId: licenseIdOf(domain), key: 1 }, 'wrapped');
    }
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('are ended as soon as the read model tells of them', async () => {
    await ledger.player.run({ domain: 'acme.example', at, command: { type: 'ErasePersonalData' } });
    await ledger.project();
    expect(await keys.find({ licenseId: acme, key: 1 })).toEqual({ wrapped: 'wrapped' });
    await erasures.pass();
    expect(await keys.find({ licenseId: acme, key: 1 })).toBe('destroyed');
    expect(await keys.find({ licenseId: other, key: 1 })).toEqual({ wrapped: 'wrapped' });
  });

  it('leave the key of those who came later', async () => {
    await keys.keep({ licenseId: acme, key: 2 }, 'newer');
    await erasures.pass();
    expect(await keys.find({ licenseId: acme, key: 2 })).toEqual({ wrapped: 'newer' });
  });
});
