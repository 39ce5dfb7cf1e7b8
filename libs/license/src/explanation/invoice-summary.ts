import { localDateAt } from '#calendar';
import { paidElsewhere } from '../invoice.js';
import type { FactOf, InvoiceStory } from './invoice-story.js';
import { amountInWords, dateInWords, quoted } from './words.js';

/** From what an invoice charges to what is open on it, a sentence for each step. */
export function summaryInWords(story: InvoiceStory): string[] {
  const { currency, grossMinor, creditAppliedMinor, totalMinor, creditBalanceMinor } = story.issued.event.data;
  const amount = (minor: number): string => amountInWords(minor, currency);
  const balance = creditBalanceMinor + creditAppliedMinor;
  const credit =
    creditAppliedMinor === 0
      ? balance === 0
        ? 'There was no credit to set against it.'
        : `Nothing is charged, so the credit balance of ${amount(balance)} ${currency} is left alone.`
      : `Credit: of a balance of ${amount(balance)} ${currency}, ${amount(creditAppliedMinor)} ${currency} are set against it; ${amount(balance)} − ${amount(creditAppliedMinor)} = ${amount(creditBalanceMinor)} ${currency} are left.`;
  const total = `Total: ${amount(grossMinor)} − ${amount(creditAppliedMinor)} = ${amount(totalMinor)} ${currency}.`;
  return [credit, total, dueSentence(story), openSentence(story)];
}

export function paymentInWords({ event }: FactOf<'InvoicePaid'>, timeZone: string): string {
  const { amountMinor, openMinor, currency, method, reference, effectiveAt } = event.data;
  const amount = (minor: number): string => amountInWords(minor, currency);
  const open = `Open after it: ${amount(openMinor + amountMinor)} − ${amount(amountMinor)} = ${amount(openMinor)} ${currency}.`;
  const paid = `${amount(amountMinor)} ${currency}`;
  if (method === paidElsewhere) return `${paid} were paid in another system, before the license was moved in. ${open}`;
  const on = dateInWords(localDateAt(effectiveAt, timeZone));
  return `${paid} recorded on ${on} as paid by ${quoted(method)}, reference ${quoted(reference)}. ${open}`;
}

export function extensionInWords({ event }: FactOf<'LicenseExtended'>): string {
  const { days, dueOnFrom, dueOnTo, reason } = event.data;
  const moved = `Moved by ${days === 1 ? '1 day' : `${days} days`}, from ${dateInWords(dueOnFrom)} to ${dateInWords(dueOnTo)}`;
  return `${moved}, for the reason ${quoted(reason)}.`;
}

function dueSentence({ issued, extensions }: InvoiceStory): string {
  const { issuedOn, dueOn, totalMinor } = issued.event.data;
  const on = `Issued on ${dateInWords(issuedOn)}`;
  if (totalMinor === 0) return `${on} with nothing to pay, so it was paid as it was issued.`;
  const last = extensions.at(-1);
  if (last === undefined) return `${on}, due on ${dateInWords(dueOn)}.`;
  return `${on}, due on ${dateInWords(dueOn)} at first, and on ${dateInWords(last.event.data.dueOnTo)} since it was extended.`;
}

/** `Paid: 100.00 + 300.00 = 400.00 USD. Open: 400.00 − 400.00 = 0.00 USD.` */
function openSentence({ issued, payments }: InvoiceStory): string {
  const { currency, totalMinor } = issued.event.data;
  const amount = (minor: number): string => amountInWords(minor, currency);
  const amounts = payments.map(({ event }) => event.data.amountMinor);
  const paid = amounts.reduce((sum, each) => sum + each, 0);
  if (totalMinor === 0) return 'Nothing is open.';
  if (amounts.length === 0) return `Nothing was paid yet. Open: ${amount(totalMinor)} ${currency}.`;
  const open = `Open: ${amount(totalMinor)} − ${amount(paid)} = ${amount(totalMinor - paid)} ${currency}.`;
  const sum = amounts.length === 1 ? '' : `${amounts.map(amount).join(' + ')} = `;
  return `Paid: ${sum}${amount(paid)} ${currency}. ${open}`;
}
