import { isISO4217CurrencyCode } from 'class-validator';

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A day that the calendar has, written `YYYY-MM-DD`. */
export function isLocalDate(value: unknown): value is string {
  const parts = typeof value === 'string' ? LOCAL_DATE.exec(value) : null;
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
}

/** RFC 3339 with an offset → UTC in milliseconds (`2026-06-11T09:30:00.000Z`), or undefined when it is not one. */
export function toInstant(value: unknown): string | undefined {
  if (typeof value !== 'string' || !isLocalDate(INSTANT.exec(value)?.[1])) return undefined;
  const time = Date.parse(value.toUpperCase());
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString();
  // An offset can carry the year below 0000 or beyond 9999, where ISO strings no longer sort.
  return instant.length === 24 ? instant : undefined;
}

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

export const isCurrencyCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) && isISO4217CurrencyCode(value);
