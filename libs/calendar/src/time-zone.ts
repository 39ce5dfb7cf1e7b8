import { Temporal } from '@js-temporal/polyfill';
import { toInstant, type Instant } from './instant.js';
import type { LocalDate } from './local-date.js';

/** Whether `name` is a time zone of the IANA database (`Europe/Berlin`, `UTC`). Bare offsets are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment of a local date. Where the clocks go forward at midnight that is not 00:00 but the first moment
 * which exists.
 */
export function startOfDay(date: LocalDate, timeZone: string): Instant {
  if (timeZone === 'UTC') return `${date}T00:00:00.000Z`;
  return startsOfDays.get(`${date} ${timeZone}`, () =>
    toInstant(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds),
  );
}

/** The local date at an instant. */
export function localDateAt(instant: Instant, timeZone: string): LocalDate {
  if (timeZone === 'UTC') return instant.slice(0, 10);
  // Within one UTC hour the date changes at most once and only on a quarter: the quarter decides.
  const quarter = Math.floor(Date.parse(instant) / 900_000);
  return localDates.get(`${quarter} ${timeZone}`, () =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
  );
}

/** Remembers answers of a pure function: a time-zone conversion costs tens of microseconds, a command needs several. */
class Memo {
  private readonly answers = new Map<string, string>();
  constructor(private readonly limit: number) {}

  get(key: string, compute: () => string): string {
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = compute();
    if (this.answers.size >= this.limit) this.answers.clear();
    this.answers.set(key, answer);
    return answer;
  }
}

const startsOfDays = new Memo(20_000);
const localDates = new Memo(20_000);
