import type { BillingInterval, Cycle, Instant, LocalDate } from '#calendar';

/*
 * The calendar of the books, written a second time: from the platform's own time zones, without the library that the
 * ledger counts its days with.
 */

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that a moment has in a time zone. */
export function dateIn(at: Instant | number, timeZone: string): LocalDate {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(typeof at === 'number' ? at : Date.parse(at));
}

const beginnings = new Map<string, Instant>();
const beginningsMax = 50_000;

/** The first moment of a date in a time zone, found by asking for the date around it. */
export function dayBegins(date: LocalDate, timeZone: string): Instant {
  const key = `${date} ${timeZone}`;
  const known = beginnings.get(key);
  if (known !== undefined) return known;
  // No zone is further than a day from UTC.
  let [before, after] = [Date.parse(date) - dayMs, Date.parse(date) + dayMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dateIn(middle, timeZone) < date) before = middle;
    else after = middle;
  }
  if (beginnings.size >= beginningsMax) beginnings.clear();
  const beginning = new Date(after).toISOString();
  beginnings.set(key, beginning);
  return beginning;
}

export function daysLater(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

export function daysFrom(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** Cycle `index` of a license: both boundaries counted from its start, a day that a month lacks is its last. */
export function cycleNumber(index: number, startedOn: LocalDate, interval: BillingInterval): Cycle {
  const startsOn = boundary(index, startedOn, interval);
  const endsOn = boundary(index + 1, startedOn, interval);
  return { index, startsOn, endsOn, days: daysFrom(startsOn, endsOn) };
}

function boundary(index: number, startedOn: LocalDate, interval: BillingInterval): LocalDate {
  const start = new Date(startedOn);
  const month = start.getUTCMonth() + index * (interval === 'year' ? 12 : 1);
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0));
  lastDay.setUTCDate(Math.min(start.getUTCDate(), lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}
