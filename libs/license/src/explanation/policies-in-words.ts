import type { PolicyFigures } from '#contracts';
import { unchargedMinor, underPolicies, type ChargedCycle } from '../charged-cycle.js';
import { amountInWords, movedInWords, roundingInWords, worthInWords, worthMinor, type PricedDays } from './words.js';

/** What a cycle earns under each policy, and how that is computed. */
export function policiesInWords(charged: ChargedCycle): Readonly<Record<keyof PolicyFigures, string>> {
  const { currency } = charged;
  const { nextCycleMinor } = underPolicies(charged);
  return {
    nextCycle: asCharged(charged),
    proratedIncreases:
      charged.unchargedSeatDays === 0
        ? `As charged, ${amountInWords(nextCycleMinor, currency)} ${currency}: no seats were held beyond the paid ones.`
        : `Seats beyond the paid ones were held for ${charged.unchargedSeatDays} seat-days, ${worthInWords(priced(charged, charged.unchargedSeatDays))}. ` +
          `On top of what was charged, ${movedInWords(nextCycleMinor, unchargedMinor(charged), currency)} ${currency}.`,
    highWaterMark: `At most ${charged.highestSeats} seats were held: ${product(charged, charged.highestSeats)}.`,
  };
}

function asCharged(charged: ChargedCycle): string {
  const { paidSeats, billedDays, creditedSeatDays, currency } = charged;
  const invoiced = `Invoiced: ${product(charged, paidSeats)}.`;
  if (creditedSeatDays === 0) return invoiced;
  const credit = priced(charged, creditedSeatDays);
  const moved = movedInWords(worthMinor(priced(charged, paidSeats * billedDays)), -worthMinor(credit), currency);
  return `${invoiced} Credited for ${creditedSeatDays} seat-days given back: ${worthInWords(credit)}. That leaves ${moved} ${currency}.`;
}

/** `12 × 10.00 × 30/30 = 120.00 USD`. */
function product(charged: ChargedCycle, seats: number): string {
  const { billedDays, cycle, unitPriceMinor, currency } = charged;
  const all = priced(charged, seats * billedDays);
  const price = amountInWords(unitPriceMinor, currency);
  return `${seats} × ${price} × ${billedDays}/${cycle.days} = ${amountInWords(worthMinor(all), currency)} ${currency}${roundingInWords(all)}`;
}

function priced({ unitPriceMinor, cycle, currency }: ChargedCycle, seatDays: number): PricedDays {
  return { seatDays, unitPriceMinor, cycleDays: cycle.days, currency };
}
