export { journalEntryOf, type Entry, type EntryLine } from './journal-entry.js';
export { isMonth, monthAfter, monthBefore, monthOf, startOfMonth } from './month.js';
export {
  accountingPeriodsStream,
  bookingOf,
  closePeriod,
  evolvePeriods,
  type Booking,
  type ClosedThrough,
  type PeriodEvent,
} from './periods.js';
export { decodePeriodEvent, encodePeriodEvent } from './periods-codec.js';
export { trialBalance, type Movement } from './trial-balance.js';
