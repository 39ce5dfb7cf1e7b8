import type { Instant } from '#calendar';
import type { Month } from '#contracts';

/** Whether `text` is a month of the form `YYYY-MM`. */
export function isMonth(text: unknown): text is Month {
  return typeof text === 'string' && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);
}

/**
 * The month of the books that an instant lies in. The books are the seller's, one for all licenses, so their months
 * are those of UTC and not of each license's time zone.
 */
export function monthOf(instant: Instant): Month {
  return instant.slice(0, 7);
}

export function monthAfter(month: Month): Month {
  return shifted(month, 1);
}

export function monthBefore(month: Month): Month {
  return shifted(month, -1);
}

/** The month's first moment. */
export function startOfMonth(month: Month): Instant {
  return `${month}-01T00:00:00.000Z`;
}

function shifted(month: Month, by: number): Month {
  const [year, inYear] = month.split('-').map(Number) as [number, number];
  const months = year * 12 + (inYear - 1) + by;
  return [String(Math.floor(months / 12)).padStart(4, '0'), String((months % 12) + 1).padStart(2, '0')].join('-');
}
