import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { isSealed, type KeptPerson, type Person } from '#license';
import type { KeyName, KeyStore, StoredKey } from './keys/key-store.js';
import type { MasterKeys } from './keys/master-keys.js';
import { keyLength } from './sealing/box.js';
import { DataKey } from './sealing/data-key.js';

export interface PersonsOptions {
  /** Keys in memory. Default 10,000. */
  readonly maxCachedKeys?: number;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** How long a process may go on with a key that another one has destroyed. */
export const keyTtlMs = 60_000;

/** Who the staff of licenses are: seals it for the log, tells it where it is shown, and forgets it for good. */
export class Persons {
  readonly #cache: LRUCache<string, DataKey | 'destroyed'>;

  constructor(
    private readonly keys: KeyStore,
    private readonly masters: MasterKeys,
    { maxCachedKeys = 10_000, now = () => performance.now() }: PersonsOptions = {},
  ) {
    // No resolution of its own: a moment that was asked for a millisecond ago may be over.
    this.#cache = new LRUCache({ max: maxCachedKeys, ttl: keyTtlMs, ttlResolution: 0, perf: { now } });
  }

  /**
   * The key to seal under.
   *
   * @param mayMake whether there may be none yet. Where something was sealed under it there must be one, and a new one
   *   would hide that it is lost.
   * @throws Error when it is lost or was destroyed
   */
  async keyFor(name: KeyName, mayMake: boolean): Promise<DataKey> {
    const key = (await this.#find(name)) ?? (mayMake ? await this.#make(name) : undefined);
    if (key === undefined) throw new Error(missing(name));
    if (key === 'destroyed') throw new Error(`key ${name.key} of license ${name.licenseId} is destroyed`);
    return key;
  }

  /** The key, when it is in memory. */
  held(name: KeyName): DataKey | undefined {
    const key = this.#cache.get(textOf(name));
    return key === 'destroyed' ? undefined : key;
  }

  /**
   * Who it is; `null` when that was erased.
   * @throws Error when the key is lost; BrokenSeal
   */
  async open(licenseId: string, staffId: string, person: KeptPerson | null): Promise<Person | null> {
    if (person === null || !isSealed(person)) return person;
    const name = { licenseId, key: person.key };
    const key = await this.#find(name);
    if (key === undefined) throw new Error(missing(name));
    return key === 'destroyed' ? null : key.open(staffId, person);
  }

  /** Destroys the key and those before it: whatever they sealed is gone. */
  async erase(upTo: KeyName): Promise<void> {
    await this.keys.destroy(upTo);
    for (let key = 1; key <= upTo.key; key += 1) this.#cache.set(textOf({ ...upTo, key }), 'destroyed');
  }

  async #find(name: KeyName): Promise<DataKey | 'destroyed' | undefined> {
    const cached = this.#cache.get(textOf(name));
    if (cached !== undefined) return cached;
    const stored = await this.keys.find(name);
    return stored && this.#remember(name, stored);
  }

  async #make(name: KeyName): Promise<DataKey | 'destroyed'> {
    const wrapped = this.masters.wrap(name, randomBytes(keyLength));
    return this.#remember(name, await this.keys.keep(name, wrapped));
  }

  #remember(name: KeyName, stored: StoredKey): DataKey | 'destroyed' {
    // It may have been destroyed while it was being read.
    if (this.#cache.get(textOf(name)) === 'destroyed') return 'destroyed';
    const key = stored === 'destroyed' ? stored : new DataKey(name, this.masters.unwrap(name, stored.wrapped));
    this.#cache.set(textOf(name), key);
    return key;
  }
}

const textOf = ({ licenseId, key }: KeyName): string => `${licenseId} ${key}`;

const missing = ({ licenseId, key }: KeyName): string =>
  `Key ${key} of license ${licenseId} is lost: restore the keys of personal data from their backup.`;
