import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedPerson } from '#license';
import {
  FileKeyStore,
  keyTtlMs,
  MasterKeys,
  Persons,
  type KeyName,
  type KeyStore,
  type StoredKey,
} from '#personal-data';

const licenseId = '0637e301-e05d-505b-8267-486f5677de9b';
const first = { licenseId, key: 1 };
const ada = { email: 'ada@acme.example', name: 'Ada Lovelace' };
const masters = new MasterKeys([Buffer.alloc(32, 1)]);

/** Counts how often keys are read, and lets somebody come in between. */
class WatchedStore implements KeyStore {
  reads = 0;
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  constructor(private readonly store: KeyStore) {}

  async find(name: KeyName): Promise<StoredKey | undefined> {
    this.reads += 1;
    const found = await this.store.find(name);
    await this.meanwhile();
    return found;
  }

  keep(name: KeyName, wrapped: string): Promise<StoredKey> {
    return this.store.keep(name, wrapped);
  }

  destroy(upTo: KeyName): Promise<void> {
    return this.store.destroy(upTo);
  }
}

describe('persons', () => {
  let dataDir: string;
  let store: WatchedStore;
  let nowMs: number;
  let persons: Persons;

  const process = () => new Persons(store, masters, { now: () => nowMs });
  const sealed = async (key = first): Promise<SealedPerson> => (await persons.keyFor(key, true)).seal('ada', ada);
  const open = (person: SealedPerson, by = persons) => by.open(licenseId, 'ada', person);

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'persons-spec-'));
    store = new WatchedStore(await FileKeyStore.open(dataDir));
    nowMs = 1_000;
    persons = process();
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('are told by every process that has the keys', async () => {
    const person = await sealed();
    expect(await open(person)).toEqual(ada);
    expect(await open(person, process())).toEqual(ada);
  });

  it('take one read of the key a minute', async () => {
    const person = await sealed();
    const reads = store.reads;
    expect(persons.held(first)?.open('ada', person)).toEqual(ada);
    for (let n = 0; n < 100; n += 1) await open(person);
    expect(store.reads).toBe(reads);
    nowMs += keyTtlMs + 1;
    expect(persons.held(first)).toBeUndefined();
    await open(person);
    expect(store.reads).toBe(reads + 1);
  });

  it('are gone with their key: here at once, elsewhere within a minute', async () => {
    const person = await sealed();
    const elsewhere = process();
    await open(person, elsewhere);
    await persons.erase(first);
    expect(await open(person)).toBeNull();
    expect(persons.held(first)).toBeUndefined();
    expect(await open(person, elsewhere)).toEqual(ada);
    nowMs += keyTtlMs + 1;
    expect(await open(person, elsewhere)).toBeNull();
    await expect(persons.keyFor(first, true)).rejects.toThrow('is destroyed');
    const anew = await sealed({ licenseId, key: 2 });
    expect(await open(anew, elsewhere)).toEqual(ada);
  });

  it('do not come back by a read that was under way', async () => {
    const person = await sealed();
    const late = process();
    store.meanwhile = () => late.erase(first);
    expect(await open(person, late)).toBeNull();
    expect(await open(person, late)).toBeNull();
  });

  it('say that a key is lost, and do not make another in its place', async () => {
    const person = await sealed();
    await rm(join(dataDir, 'personal-data-keys', `${licenseId}.json`));
    const after = process();
    await expect(open(person, after)).rejects.toThrow('restore the keys of personal data');
    await expect(after.keyFor(first, false)).rejects.toThrow('restore the keys of personal data');
  });

  it('may be plain, or erased already', async () => {
    expect(await persons.open(licenseId, 'ada', ada)).toEqual(ada);
    expect(await persons.open(licenseId, 'ada', null)).toBeNull();
    expect(store.reads).toBe(0);
  });
});
