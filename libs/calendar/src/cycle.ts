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
  const [year, month, day] = startedOn.split('-').map(Number) as [number, number, number];
  // Months since year 0, counted from 0. Plain arithmetic: every fold and every decision asks for boundaries.
  const months = year * 12 + (month - 1) + index * (interval === 'month' ? 1 : 12);
  const inYear = Math.floor(months / 12);
  const inMonth = (months % 12) + 1;
  return [digits(inYear, 4), digits(inMonth, 2), digits(Math.min(day, daysInMonth(inYear, inMonth)), 2)].join('-');
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
