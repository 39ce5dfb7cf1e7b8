import type { Person, SealedPerson } from '#license';
import type { KeyName } from '../keys/key-store.js';
import { open, seal } from './box.js';

/** Sealed texts come in these steps, so that their length tells little of the name in them. */
const stepBytes = 64;

/** One key of one license: seals who its staff are, and tells it again. */
export class DataKey {
  constructor(
    private readonly name: KeyName,
    private readonly bytes: Buffer,
  ) {}

  /** A staff id is given once in a license, for ever: so a person has one place. */
  seal(staffId: string, { email, name }: Person): SealedPerson {
    const text = Buffer.from(JSON.stringify({ email, name }));
    const padded = Buffer.alloc(Math.ceil(text.length / stepBytes) * stepBytes, ' ');
    text.copy(padded);
    return { key: this.name.key, sealed: seal(this.bytes, this.#placeOf(staffId), padded).toString('base64') };
  }

  /** @throws BrokenSeal */
  open(staffId: string, { sealed }: SealedPerson): Person {
    const text = open(this.bytes, this.#placeOf(staffId), Buffer.from(sealed, 'base64'));
    return JSON.parse(text.toString()) as Person;
  }

  #placeOf(staffId: string): (string | number)[] {
    return ['person', this.name.licenseId, this.name.key, staffId];
  }
}
