import type { CreditUse, ExplainedCreditEntry } from '#contracts';
import { seatChangeInWords } from './seat-change-in-words.js';
import { amountInWords, dateInWords, movedInWords, quoted } from './words.js';

/** How many grants are named one by one; more would bury the figure. */
const grantsNamedMax = 6;

type Figures = Pick<
  ExplainedCreditEntry,
  'kind' | 'amount' | 'balanceAfter' | 'effectiveOn' | 'invoiceNumber' | 'reason' | 'computation' | 'grantsUsed'
>;

/** Why a credit balance moved, by how much, and where that left it. */
export function creditInWords(entry: Figures): string {
  const { amount, balanceAfter } = entry;
  const { currency } = amount;
  const moved = movedInWords(balanceAfter.amount - amount.amount, amount.amount, currency);
  return `${causeInWords(entry)} Balance: ${moved} ${currency}.`;
}

/** The same without the balance. */
export function causeInWords(entry: Figures): string {
  const { kind, amount, effectiveOn, invoiceNumber, reason, computation, grantsUsed } = entry;
  switch (kind) {
    case 'granted':
    case 'reversed': {
      if (computation === null) throw new Error(`a credit is ${kind} by a change of seats, which has its figures`);
      const change = seatChangeInWords({ effectiveOn, computation });
      return kind === 'granted' ? change : `${change} Taken back, newest grant first: ${usesInWords(grantsUsed)}.`;
    }
    case 'applied':
      return `Set against invoice ${String(invoiceNumber)}, oldest grant first: ${usesInWords(grantsUsed)}.`;
    case 'goodwill': {
      const granted = `${amountInWords(amount.amount, amount.currency)} ${amount.currency}`;
      return `Goodwill credit of ${granted} granted on ${dateInWords(effectiveOn)}${reason === null ? '' : `, for the reason ${quoted(reason)}`}.`;
    }
  }
}

/** `40.00 (ACME.EXAMPLE-C0001) + 5.00 (ACME.EXAMPLE-C0003) = 45.00 USD`. */
function usesInWords(uses: readonly CreditUse[]): string {
  const [first] = uses;
  const last = uses.at(-1);
  if (first === undefined || last === undefined) throw new Error('credit is taken from a grant');
  const { currency } = first.amount;
  const amount = (minor: number): string => amountInWords(minor, currency);
  const total = `${amount(uses.reduce((sum, use) => sum + use.amount.amount, 0))} ${currency}`;
  if (uses.length === 1) return `${total} (${first.entryId})`;
  if (uses.length > grantsNamedMax) {
    return `${total} of ${uses.length} grants, from ${first.entryId} to ${last.entryId}`;
  }
  return `${uses.map((use) => `${amount(use.amount.amount)} (${use.entryId})`).join(' + ')} = ${total}`;
}
