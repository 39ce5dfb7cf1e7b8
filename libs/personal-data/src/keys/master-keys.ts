import { createHash } from 'node:crypto';
import { keyLength, open, seal } from '../sealing/box.js';
import type { KeyName } from './key-store.js';

/** So many bytes of its hash name a master key. */
const nameLength = 8;

/** Wraps the keys of licenses, so that their store alone opens nothing. The newest wraps; older ones still open. */
export class MasterKeys {
  readonly #newest: Buffer;
  readonly #byName = new Map<string, Buffer>();

  /** @param keys of 32 bytes, the newest first */
  constructor(keys: readonly Buffer[]) {
    const [newest] = keys;
    if (newest === undefined || keys.some(({ length }) => length !== keyLength)) {
      throw new Error(`a master key has ${keyLength} bytes, and there is one at least`);
    }
    this.#newest = newest;
    for (const key of keys) this.#byName.set(nameOf(key).toString('hex'), key);
  }

  wrap(name: KeyName, key: Buffer): string {
    return Buffer.concat([nameOf(this.#newest), seal(this.#newest, placeOf(name), key)]).toString('base64');
  }

  /** @throws Error when it was wrapped by a master key that the settings do not have; BrokenSeal */
  unwrap(name: KeyName, wrapped: string): Buffer {
    const bytes = Buffer.from(wrapped, 'base64');
    const master = this.#byName.get(bytes.subarray(0, nameLength).toString('hex'));
    if (master !== undefined) return open(master, placeOf(name), bytes.subarray(nameLength));
    throw new Error(
      `Key ${name.key} of license ${name.licenseId} was wrapped by another master key: add that one to PERSONAL_DATA_KEY.`,
    );
  }
}

const nameOf = (key: Buffer): Buffer => createHash('sha256').update(key).digest().subarray(0, nameLength);
const placeOf = ({ licenseId, key }: KeyName): (string | number)[] => ['data key', licenseId, key];
