export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The trial's first moment. No key of the ledger is replaced in the 31 days that follow. */
export const startsAtMs = Date.parse('2026-05-01T08:00:00.000Z');

export const instantOf = (ms: number): string => new Date(ms).toISOString();
