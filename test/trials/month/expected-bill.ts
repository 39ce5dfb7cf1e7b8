import type { Customer } from './customer.js';
import type { Answered } from './play.js';
import { dayMs, startsAtMs } from './instant.js';

/** What a customer must be charged, by the rules alone and without the ledger's own code. */
export interface Bill {
  readonly invoices: readonly { readonly issuedOn: string; readonly gross: number; readonly creditApplied: number }[];
  readonly creditBalance: number;
}

export interface Prices {
  /** Minor units per seat and month; a year costs ten months. */
  priceOf(planId: string, on: string): number;
}

interface PaidCycle {
  readonly index: number;
  readonly seats: number;
  readonly price: number;
  readonly days: number;
  readonly endsOn: string;
}

/** For a customer who pays in time: it is never past due. */
export function billOf(customer: Customer, steps: readonly Answered[], endsAtMs: number, prices: Prices): Bill {
  const { startedOn, interval, timeZone } = customer.terms;
  const invoices: { issuedOn: string; gross: number; creditApplied: number }[] = [];
  let { seats, planId } = customer.terms;
  let balance = 0;
  let seatDays = 0;

  const boundary = (index: number) => addMonths(startedOn, index * (interval === 'year' ? 12 : 1));
  const begin = (index: number): PaidCycle => {
    const [issuedOn, endsOn] = [boundary(index), boundary(index + 1)];
    const price = prices.priceOf(planId, issuedOn) * (interval === 'year' ? 10 : 1);
    const gross = seats * price;
    const creditApplied = Math.min(balance, gross);
    balance -= creditApplied;
    seatDays = 0;
    invoices.push({ issuedOn, gross, creditApplied });
    return { index, seats, price, days: daysBetween(issuedOn, endsOn), endsOn };
  };
  let cycle = begin(0);
  let planned = planId;
  const rollTo = (today: string): void => {
    while (today >= cycle.endsOn) {
      planId = planned;
      cycle = begin(cycle.index + 1);
    }
  };
  /** A(x): what so many seat-days are worth, rounded half up. */
  const worth = (x: number) => Math.floor((2 * cycle.price * x + cycle.days) / (2 * cycle.days));

  rollTo(localDate(startsAtMs, timeZone));
  for (const { atMs, action, answer } of steps) {
    const today = localDate(atMs, timeZone);
    rollTo(today);
    if (answer !== '201') continue;
    if (action.kind === 'credit') balance += action.amount;
    if (action.kind === 'plan') planned = action.planId;
    if (action.kind !== 'seats') continue;
    const credited = (of: number) => Math.max(0, cycle.seats - of);
    const before = worth(seatDays);
    seatDays += (credited(action.seats) - credited(seats)) * daysBetween(today, cycle.endsOn);
    balance += worth(seatDays) - before;
    seats = action.seats;
  }
  rollTo(localDate(endsAtMs, timeZone));
  return { invoices, creditBalance: balance };
}

export function localDate(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** The same day of a later month, or that month's last. */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last.getUTCDate()))).toISOString().slice(0, 10);
}
