import { addDays, type LocalDate } from '#calendar';

const inWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `1 July 2026`, which nobody takes for January. */
export function formatDate(date: LocalDate): string {
  return inWords.format(new Date(`${date}T00:00:00Z`));
}

/** The days from `startsOn` up to, not including, `endsOn`: `1 July 2026 – 31 July 2026`. */
export function formatPeriod(startsOn: LocalDate, endsOn: LocalDate): string {
  return `${formatDate(startsOn)} – ${formatDate(addDays(endsOn, -1))}`;
}
