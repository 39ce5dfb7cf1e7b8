import { addDays, localDateAt } from '#calendar';
import type { InvoiceLine } from '../events.js';
import type { FactOf, InvoiceStory } from './invoice-story.js';
import { amountInWords, dateInWords, roundingInWords, seatsInWords } from './words.js';

/** What a line charges for, where its seats come from, and why its price is not that of the invoice before. */
export function lineInWords(line: InvoiceLine, story: InvoiceStory): string {
  return [amountSentence(line, story), seatsSentence(line, story), priceSentence(line, story)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function amountSentence({ quantity, unitPriceMinor, billedDays, amountMinor }: InvoiceLine, story: InvoiceStory) {
  const { cycle, currency } = story.issued.event.data;
  const period = `${dateInWords(addDays(cycle.endsOn, -billedDays))} to ${dateInWords(addDays(cycle.endsOn, -1))}`;
  const [price, amount] = [amountInWords(unitPriceMinor, currency), amountInWords(amountMinor, currency)];
  const priced = { seatDays: quantity * billedDays, unitPriceMinor, cycleDays: cycle.days, currency };
  const result = `${amount} ${currency}${roundingInWords(priced)}`;
  const per = `at ${price} per seat and ${story.interval}`;
  const seats = seatsInWords(quantity);
  if (billedDays === cycle.days) {
    return `${seats} ${per} for the cycle of ${period}: ${quantity} × ${price} = ${result}.`;
  }
  const why = story.reactivated === null ? '' : ', since the license came back in the course of the cycle';
  return `${seats} ${per} for ${period}, ${billedDays} of the cycle's ${cycle.days} days${why}: ${quantity} × ${price} × ${billedDays}/${cycle.days} = ${result}.`;
}

/** `Seats: 60 on the invoice before, −12 on 11 June 2026: 60 − 12 = 48.` */
function seatsSentence({ quantity }: InvoiceLine, { before, seatChanges, timeZone }: InvoiceStory): string {
  const first = seatChanges[0]?.event.data.from ?? quantity;
  const origin = before === null ? 'at the registration' : 'on the invoice before';
  if (seatChanges.length === 0) return `The seats are those ${origin}.`;
  const moves = seatChanges.map(({ event }) => ({
    by: event.data.to - event.data.from,
    on: dateInWords(localDateAt(event.data.effectiveAt, timeZone)),
  }));
  const sign = (by: number): string => (by < 0 ? '−' : '+');
  const each = moves.map(({ by, on }) => `${sign(by)}${Math.abs(by)} on ${on}`).join(', ');
  const sum = moves.map(({ by }) => `${sign(by)} ${Math.abs(by)}`).join(' ');
  return `Seats: ${first} ${origin}, ${each}: ${first} ${sum} = ${quantity}.`;
}

function priceSentence({ unitPriceMinor, planId }: InvoiceLine, story: InvoiceStory): string {
  const { before, planChange, issued } = story;
  const { currency } = issued.event.data;
  const [last] = before?.lines ?? [];
  if (last === undefined) return '';
  const prices = `from ${amountInWords(last.unitPriceMinor, currency)} to ${amountInWords(unitPriceMinor, currency)}`;
  if (planChange !== null) return `${planSentence(planChange, story)}; the price per seat went ${prices}.`;
  if (last.unitPriceMinor === unitPriceMinor) return '';
  return `The catalogue's price of the plan ${planId} went ${prices} since the invoice before.`;
}

function planSentence({ event }: FactOf<'PlanChanged'>, { timeZone }: InvoiceStory): string {
  const { fromPlanId, toPlanId, effectiveAt } = event.data;
  return `The plan changed from ${fromPlanId} to ${toPlanId} on ${dateInWords(localDateAt(effectiveAt, timeZone))}, as planned`;
}
