import type { Person } from '#license';

/** How an answer names somebody who was erased. */
const erased = { email: null, name: 'erased' } as const;

export function shownPerson(person: Person | null): { readonly email: string | null; readonly name: string } {
  if (person === null) return erased;
  const { email, name } = person;
  return { email, name };
}
