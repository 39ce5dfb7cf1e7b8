/** A moment in UTC with milliseconds, `2026-06-01T00:00:00.000Z`. One form only, so that it compares as text. */
export type Instant = string;

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether `text` is an instant in the one form used here. */
export function isInstant(text: string): boolean {
  return instantPattern.test(text) && !Number.isNaN(Date.parse(text));
}

/** @param ms milliseconds since 1970-01-01T00:00Z */
export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

export function addHours(instant: Instant, hours: number): Instant {
  return toInstant(Date.parse(instant) + hours * 3_600_000);
}

/** The later of two instants. */
export function latest(left: Instant, right: Instant): Instant {
  return left > right ? left : right;
}
