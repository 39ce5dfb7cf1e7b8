import type { CreditEntry, CreditEntryStory, CreditTaking } from '#contracts';
import { money } from '#money';
import { describeCreditEntry } from '../credit-entry.js';
import type { RecordedFact } from '../recorded-fact.js';
import { eventOf } from './event-of.js';
import { explainCredit } from './explain-credit.js';
import { GrantStories, type GrantStory } from './grant-stories.js';
import { amountInWords } from './words.js';

/**
 * An entry of the credit ledger with its explanation and, of a grant, what became of it: which invoices it paid, what
 * was taken back of it, and what is left.
 *
 * @param facts the events of the license, from the first one on
 * @returns null when they have no such entry
 */
export async function creditStory(
  facts: AsyncIterable<RecordedFact> | Iterable<RecordedFact>,
  entryId: string,
): Promise<CreditEntryStory | null> {
  const grants = new GrantStories();
  let license = { licenseId: '', timeZone: 'UTC' };
  let newest: CreditEntry | null = null;
  let found: { readonly entry: CreditEntry; readonly fact: RecordedFact } | null = null;
  for await (const fact of facts) {
    if (fact.event.type === 'LicenseRegistered') license = fact.event.data;
    const entry = describeCreditEntry(license.licenseId, fact.event, fact, newest?.hash ?? null);
    if (entry === null) continue;
    newest = entry;
    if (entry.entryId === entryId) found = { entry, fact };
    grants.take(fact);
  }
  if (found === null) return null;
  const { currency, amount } = found.entry.amount;
  const story = amount > 0 ? grants.of(entryId) : null;
  return {
    ...explainCredit(found.entry, found.fact, license.timeZone),
    takings: story?.uses.map((use) => takingOf(use, currency)) ?? [],
    remainder: story && remainderOf(story, currency),
  };
}

function takingOf({ entryNumber, amountMinor, fact }: GrantStory['uses'][number], currency: string): CreditTaking {
  const { data } = fact.event;
  const invoiceNumber = 'invoiceNumber' in data ? data.invoiceNumber : null;
  return { entryId: entryNumber, invoiceNumber, amount: money(amountMinor, currency), event: eventOf(fact) };
}

function remainderOf({ amountMinor, uses }: GrantStory, currency: string): CreditEntryStory['remainder'] {
  const text = (minor: number): string => amountInWords(minor, currency);
  const left = uses.reduce((rest, use) => rest - use.amountMinor, amountMinor);
  const taken = uses.map((use) => ` − ${text(use.amountMinor)} (${use.entryNumber})`).join('');
  const explanation =
    uses.length === 0
      ? `Nothing was taken from it yet: ${text(left)} ${currency} are left.`
      : `Of it, ${text(amountMinor)}${taken} = ${text(left)} ${currency} are left.`;
  return { amount: money(left, currency), explanation };
}
