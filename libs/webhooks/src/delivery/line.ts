import type { Place } from '#feed';

/** A license whose next event could not be delivered; its later ones wait behind it. */
export interface Line {
  readonly licenseId: string;
  /** The revision of the event that is waited for. */
  next: bigint;
  /** Reading the log behind this place meets that event. */
  since: Place;
  attempts: number;
  /** Of the event that is waited for; null when it was not tried yet. */
  firstFailedAtMs: number | null;
  nextAttemptAtMs: number;
  lastError: string | null;
  /** The last revision that the reader of the log has left to this line, as far as this process knows. */
  skippedTo: bigint;
}
