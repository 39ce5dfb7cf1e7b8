import { Temporal } from '@js-temporal/polyfill';
import { daysBetween, type LocalDate } from './local-date.js';

export type BillingInterval = 'month' | 'year';

/** One billing period: the local dates from `startsOn` up to, not including, `endsOn`. */
export interface Cycle {
  /** 0 for the first cycle of the license. */
  readonly index: number;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  /** The number of local dates in the cycle. */
  readonly days: number;
}

/**
 * Cycle number `index` of a license that started on `startedOn`.
 *
 * Each boundary is counted from `startedOn`, never from the boundary before, so that the 31st comes back after
 * February; a day that the month lacks becomes its last day.
 */
export function cycleAt(startedOn: LocalDate, interval: BillingInterval, index: number): Cycle {
  const startsOn = boundary(startedOn, interval, index);
  const endsOn = boundary(startedOn, interval, index + 1);
  return { index, startsOn, endsOn, days: daysBetween(startsOn, endsOn) };
}

/** The cycle in which `date` lies. @throws RangeError when the date is before `startedOn`. */
export function cycleOn(startedOn: LocalDate, interval: BillingInterval, date: LocalDate): Cycle {
  if (date < startedOn) throw new RangeError(`${date} is before the first cycle, which starts on ${startedOn}`);
  // The elapsed whole intervals can fall one short where the day was moved to a month's end, never more.
  const elapsed = Temporal.PlainDate.from(startedOn).until(date, { largestUnit: interval });
  const cycle = cycleAt(startedOn, interval, interval === 'month' ? elapsed.months : elapsed.years);
  return date < cycle.endsOn ? cycle : cycleAt(startedOn, interval, cycle.index + 1);
}

function boundary(startedOn: LocalDate, interval: BillingInterval, index: number): LocalDate {
  const start = Temporal.PlainDate.from(startedOn);
  return start.add(interval === 'month' ? { months: index } : { years: index }).toString();
}
