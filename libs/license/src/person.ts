/** What of a staff member is about the person, and nothing that a figure is made of. */
export interface Person {
  readonly email: string;
  readonly name: string;
}

/**
 * A person as events keep it: readable with a key of the license alone. Destroying the key erases the person from the
 * log and from every copy of it, while the events stay as they are.
 */
export interface SealedPerson {
  /** Which key of the license: they are counted from 1, and each erasure begins the next. */
  readonly key: number;
  /** Ciphertext, in base64. */
  readonly sealed: string;
}

/** Plain in events from before persons were sealed. */
export type KeptPerson = Person | SealedPerson;

export function isSealed(person: KeptPerson): person is SealedPerson {
  return 'sealed' in person;
}
