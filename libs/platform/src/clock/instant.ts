const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of an RFC 3339 instant, or undefined when the text is none. */
export function parseInstant(text: string): number | undefined {
  if (!rfc3339.test(text)) return undefined;
  const instantMs = Date.parse(text.toUpperCase());
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  const dayExists = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return dayExists && Number.isFinite(instantMs) ? instantMs : undefined;
}
