/** The one source of time, injected wherever time matters. */
export abstract class Clock {
  /** RFC 3339 in UTC with milliseconds: `2026-06-01T00:00:00.000Z`. */
  now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** Milliseconds since 1970. */
  abstract nowMs(): number;
}

export class SystemClock extends Clock {
  override nowMs(): number {
    return Date.now();
  }
}
