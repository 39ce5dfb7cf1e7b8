/** A calendar date without a time zone, `YYYY-MM-DD`. Compares as text. */
export type LocalDate = string;

const dayMs = 86_400_000;

/** Whether `text` is a real date of the form `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(text);
  // Date.parse takes 2026-02-30 for 2 March in some engines; a real date comes back as it went in.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** Calendar days from `from` (included) to `to` (not included). A day is one day, whatever its hours. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}
