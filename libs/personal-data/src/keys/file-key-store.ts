import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '#platform';
import type { KeyName, KeyStore, StoredKey } from './key-store.js';

/** The wrapped keys of a license by their numbers; `null` for one that was destroyed. */
type Keys = Readonly<Record<string, string | null>>;

/**
 * Keys in files of the data folder, one for each license, for the one process that owns the folder. They are on the disk
 * before a person is sealed: the embedded read model, which may be thrown away and built again, is no place for them.
 */
export class FileKeyStore implements KeyStore {
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly folder: string) {}

  static async open(dataDir: string): Promise<FileKeyStore> {
    const folder = folderIn(dataDir);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new FileKeyStore(folder);
  }

  /** The licenses that have keys in a data folder; none when it has none. */
  static async licensesIn(dataDir: string): Promise<string[]> {
    const names = await readdir(folderIn(dataDir)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  }

  async find({ licenseId, key }: KeyName): Promise<StoredKey | undefined> {
    const wrapped = (await this.keysOf(licenseId))[key];
    return wrapped === undefined ? undefined : wrapped === null ? 'destroyed' : { wrapped };
  }

  keep(name: KeyName, wrapped: string): Promise<StoredKey> {
    return this.#inTurn(async () => {
      const stored = await this.find(name);
      if (stored !== undefined) return stored;
      await this.#write(name.licenseId, { ...(await this.keysOf(name.licenseId)), [name.key]: wrapped });
      return { wrapped };
    });
  }

  destroy({ licenseId, key }: KeyName): Promise<void> {
    return this.#inTurn(async () => {
      const keys = await this.keysOf(licenseId);
      const numbers = Array.from({ length: key }, (_, index) => index + 1);
      if (numbers.every((number) => keys[number] === null)) return;
      await this.#write(licenseId, { ...keys, ...Object.fromEntries(numbers.map((number) => [number, null])) });
    });
  }

  async keysOf(licenseId: string): Promise<Keys> {
    try {
      return JSON.parse(await readFile(this.#fileOf(licenseId), 'utf8')) as Keys;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  /** Takes a license's keys out, once they are kept elsewhere. */
  async forget(licenseId: string): Promise<void> {
    await unlink(this.#fileOf(licenseId)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async #write(licenseId: string, keys: Keys): Promise<void> {
    writeFileAtomically(this.#fileOf(licenseId), JSON.stringify(keys));
    // The name of a new file is on the disk when its folder is.
    const folder = await open(this.folder);
    await folder.sync().finally(() => folder.close());
  }

  #fileOf(licenseId: string): string {
    return join(this.folder, `${licenseId}.json`);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

const folderIn = (dataDir: string): string => join(dataDir, 'personal-data-keys');
