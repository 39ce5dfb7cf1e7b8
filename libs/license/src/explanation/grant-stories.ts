import type { GrantUse } from '../events.js';
import type { RecordedFact } from '../recorded-fact.js';

/** A grant of credit, and what was taken from it, in the order in which it was. */
export interface GrantStory {
  readonly fact: RecordedFact;
  readonly entryNumber: string;
  readonly amountMinor: number;
  readonly uses: readonly (GrantUse & { readonly fact: RecordedFact })[];
}

/** The grants of a license as its events come, each with the entries that took from it. */
export class GrantStories {
  readonly #stories = new Map<string, GrantStory>();

  take(fact: RecordedFact): void {
    const { data } = fact.event;
    if (!('credit' in data) || data.credit === null) return;
    const { entryNumber, amountMinor } = data.credit;
    if (amountMinor > 0) this.#stories.set(entryNumber, { fact, entryNumber, amountMinor, uses: [] });
    if (!('grantsUsed' in data)) return;
    for (const { entryNumber: granted, amountMinor: used } of data.grantsUsed) {
      const story = this.of(granted);
      this.#stories.set(granted, { ...story, uses: [...story.uses, { entryNumber, amountMinor: used, fact }] });
    }
  }

  /** @throws Error when there is no such grant: credit that is used was granted before */
  of(entryNumber: string): GrantStory {
    const story = this.#stories.get(entryNumber);
    if (story === undefined) throw new Error(`${entryNumber} was used and never granted`);
    return story;
  }
}
