import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileKeyStore, personalDataKeysTable, SqlKeyStore, type KeyStore } from '#personal-data';
import { migrate, openPool } from '#projection-engine';
import { testDatabases } from '#testing';
import { moveKeys } from './move-keys.js';

const acme = '0637e301-e05d-505b-8267-486f5677de9b';
const other = 'ffffffff-0000-5000-8000-000000000000';

interface OpenStore {
  readonly store: KeyStore;
  /** Another door to the same keys. */
  again(): Promise<KeyStore>;
  close(): Promise<void>;
}

const folder = () => mkdtemp(join(tmpdir(), 'key-store-spec-'));

async function openFiles(): Promise<OpenStore> {
  const dataDir = await folder();
  const again = () => FileKeyStore.open(dataDir);
  return { store: await again(), again, close: () => rm(dataDir, { recursive: true }) };
}

async function openSql(open: ReturnType<typeof testDatabases>[number]['open']): Promise<OpenStore> {
  const database = await open();
  const pool = openPool(database.connectionString, { max: 2 });
  await migrate(pool, 'operations', [personalDataKeysTable]);
  const again = () => Promise.resolve(new SqlKeyStore(pool, 'operations'));
  const close = async () => {
    await pool.end();
    await database.drop();
  };
  return { store: await again(), again, close };
}

const kinds = [
  { kind: 'files', start: openFiles },
  ...testDatabases().map(({ kind, open }) => ({ kind, start: () => openSql(open) })),
];

describe.each(kinds)('keys in $kind', ({ start }) => {
  let opened: OpenStore;
  let store: KeyStore;

  beforeAll(async () => {
    opened = await start();
    ({ store } = opened);
  }, 60_000);
  afterAll(() => opened.close());

  it('are kept once: whoever comes second gets the first', async () => {
    expect(await store.find({ licenseId: acme, key: 1 })).toBeUndefined();
    const [first, second] = await Promise.all([
      store.keep({ licenseId: acme, key: 1 }, 'one'),
      store.keep({ licenseId: acme, key: 1 }, 'two'),
    ]);
    expect(first).toEqual(second);
    expect(await (await opened.again()).find({ licenseId: acme, key: 1 })).toEqual(first);
    expect(await store.find({ licenseId: acme, key: 2 })).toBeUndefined();
    expect(await store.find({ licenseId: other, key: 1 })).toBeUndefined();
  });

  it('are destroyed with those before them, and never made again', async () => {
    await store.keep({ licenseId: other, key: 2 }, 'two');
    await store.keep({ licenseId: other, key: 3 }, 'three');
    await store.destroy({ licenseId: other, key: 2 });
    await store.destroy({ licenseId: other, key: 2 });
    for (const key of [1, 2]) {
      expect(await store.find({ licenseId: other, key })).toBe('destroyed');
      expect(await store.keep({ licenseId: other, key }, 'anew')).toBe('destroyed');
    }
    expect(await store.find({ licenseId: other, key: 3 })).toEqual({ wrapped: 'three' });
    expect(await store.find({ licenseId: acme, key: 1 })).not.toBe('destroyed');
  });

  it('move in from a data folder, which has none of them any more', async () => {
    const dataDir = await folder();
    const licenseId = 'eeeeeeee-0000-5000-8000-000000000000';
    const source = await FileKeyStore.open(dataDir);
    await source.keep({ licenseId, key: 1 }, 'gone');
    await source.destroy({ licenseId, key: 1 });
    await source.keep({ licenseId, key: 2 }, 'there');
    expect(await moveKeys(dataDir, store)).toBe(1);
    expect(await store.find({ licenseId, key: 1 })).toBe('destroyed');
    expect(await store.find({ licenseId, key: 2 })).toEqual({ wrapped: 'there' });
    expect(await source.find({ licenseId, key: 2 })).toBeUndefined();
    expect(await moveKeys(dataDir, store)).toBe(0);
    await rm(dataDir, { recursive: true });
  });
});

describe('keys in files', () => {
  it('are for their owner alone, and gone from the file when destroyed', async () => {
    const dataDir = await folder();
    const store = await FileKeyStore.open(dataDir);
    await store.keep({ licenseId: acme, key: 1 }, 'wrapped-key');
    const keys = join(dataDir, 'personal-data-keys');
    const [name = ''] = await readdir(keys);
    expect((await stat(join(keys, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(keys, name), 'utf8')).toContain('wrapped-key');
    await store.destroy({ licenseId: acme, key: 1 });
    expect(await readdir(keys)).toEqual([name]);
    expect(await readFile(join(keys, name), 'utf8')).not.toContain('wrapped-key');
    await rm(dataDir, { recursive: true });
  });
});
