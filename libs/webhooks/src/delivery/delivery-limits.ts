/** How deliveries are made. */
export interface DeliveryLimits {
  /** Licenses that one endpoint is sent events of at once. */
  readonly concurrency: number;
  /** Events that one endpoint has in hand at most. */
  readonly windowMax: number;
  readonly backOffBaseMs: number;
  readonly backOffMaxMs: number;
  /** How long the same event is tried before the endpoint is disabled. */
  readonly givenUpAfterMs: number;
  /** After so many failures in a row the endpoint as a whole is paused: one license alone is tried. */
  readonly pausedAfter: number;
  /** How often what was done is written down: after a crash as much is sent again. */
  readonly flushMs: number;
  readonly leaseMs: number;
  readonly checkpointMs: number;
  readonly attemptsKept: number;
}

/** Under which the limits are provided. */
export const DeliveryLimitsToken = Symbol('DeliveryLimits');

const hourMs = 3_600_000;

export const defaultLimits: DeliveryLimits = {
  concurrency: 8,
  windowMax: 256,
  backOffBaseMs: 2_000,
  backOffMaxMs: 3 * hourMs,
  givenUpAfterMs: 72 * hourMs,
  pausedAfter: 10,
  flushMs: 1_000,
  leaseMs: 10_000,
  checkpointMs: 300_000,
  attemptsKept: 1_000,
};
