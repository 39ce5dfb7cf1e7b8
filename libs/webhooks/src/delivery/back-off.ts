import type { DeliveryLimits } from './delivery-limits.js';

/** A source of numbers in [0, 1). */
export type Random = () => number;

type Limits = Pick<DeliveryLimits, 'backOffBaseMs' | 'backOffMaxMs'>;

/** The first half second is no jitter's: nobody is called again in the same moment. */
const leastMs = 500;

/**
 * How long to wait after the n-th attempt in vain (n = 1, 2, …): anything up to a bound that doubles each time (full
 * jitter), and not less than the endpoint asked for.
 */
export function backOffMs(attempts: number, { backOffBaseMs, backOffMaxMs }: Limits, random: Random, askedMs = 0) {
  const boundMs = Math.min(backOffMaxMs, backOffBaseMs * 2 ** Math.min(attempts - 1, 40));
  const waitMs = Math.max(Math.min(leastMs, boundMs), random() * boundMs);
  return Math.round(Math.max(waitMs, Math.min(askedMs, backOffMaxMs)));
}

/** What a `Retry-After` asks for, in seconds or as a date; 0 when it is neither. */
export function retryAfterMs(value: string | undefined, nowMs: number): number {
  if (value === undefined) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
