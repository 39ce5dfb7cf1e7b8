import type { Instant } from '#calendar';
import type { Month, Refusal } from '#contracts';
import { monthAfter, monthOf, startOfMonth } from './month.js';

/** The one stream in which months are closed, so that they are closed in one order. */
export const accountingPeriodsStream = 'accounting-periods';

export interface PeriodEvent {
  readonly type: 'AccountingPeriodClosed';
  readonly data: { readonly effectiveAt: Instant; readonly month: Month };
}

/** The newest month that is closed, and with it every month before; `null` while all are open. */
export type ClosedThrough = Month | null;

export function evolvePeriods(_: ClosedThrough, event: PeriodEvent): ClosedThrough {
  return event.data.month;
}

/**
 * Closes a month that is over. Months are closed one after the other; the first closing may be any month, and closes
 * those before it too: that is where a seller's books begin.
 */
export function closePeriod(
  month: Month,
  closedThrough: ClosedThrough,
  now: Instant,
): { accepted: PeriodEvent[] } | { refusal: Refusal } {
  if (closedThrough !== null && month <= closedThrough) {
    const detail = `${month} is closed: everything up to ${closedThrough} is. A closed month is not opened again.`;
    return { refusal: { code: 'period-closed', detail, closedThrough } };
  }
  const next = closedThrough === null ? month : monthAfter(closedThrough);
  if (month !== next) {
    const detail = `${next} is still open. Months are closed in their order: close ${next} first.`;
    return { refusal: { code: 'period-out-of-order', detail, next } };
  }
  const overAt = startOfMonth(monthAfter(month));
  if (now < overAt) {
    const detail = `${month} is not over before ${overAt}; it is ${now}.`;
    return { refusal: { code: 'period-not-over', detail, overAt } };
  }
  return { accepted: [{ type: 'AccountingPeriodClosed', data: { effectiveAt: now, month } }] };
}

/** Where an event stands in the books. */
export interface Booking {
  readonly month: Month;
  /** The month that it belongs to by its effective time, when it was recorded after that was closed. */
  readonly lateFrom: Month | null;
}

/** @param closedThrough as it stood where the event stands in the log: so a closing counts for what comes after it */
export function bookingOf(effectiveAt: Instant, closedThrough: ClosedThrough): Booking {
  const month = monthOf(effectiveAt);
  if (closedThrough === null || month > closedThrough) return { month, lateFrom: null };
  return { month: monthAfter(closedThrough), lateFrom: month };
}
