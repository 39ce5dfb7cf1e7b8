export { cycleAt, cycleOn, type BillingInterval, type Cycle } from './cycle.js';
export { addDays, daysBetween, isLocalDate, type LocalDate } from './local-date.js';
export { addHours, isInstant, latest, toInstant, type Instant } from './instant.js';
export { isTimeZone, localDateAt, startOfDay } from './time-zone.js';
