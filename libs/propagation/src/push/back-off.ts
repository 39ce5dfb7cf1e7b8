import { toInstant, type Instant } from '#calendar';
import type { EntitlementChange } from '#license';
import { createHash } from 'node:crypto';

const firstDelayMs = 5_000;
const growth = 2;
/** Before the deadline an instance is never left alone for longer. */
const delayBeforeDeadlineMaxMs = 3_600_000;
/** A last attempt comes this long before the deadline. */
const lastCallMs = 60_000;
const delayAfterDeadlineMs = 6 * 3_600_000;

/**
 * When to push again after the n-th attempt in vain (n = 1, 2, …) to bring `change` to its instance: at ever longer
 * intervals until its deadline, with a last attempt just before it, and a few times a day from then on.
 *
 * The jitter, up to a quarter of the delay, comes from the change and the attempt: instances that were away together
 * are not called together, and the same history gives the same times.
 */
export function nextAttemptAt(change: EntitlementChange, attempts: number, now: Instant): Instant {
  const nowMs = Date.parse(now);
  const deadlineMs = Date.parse(change.deadline);
  const isPast = nowMs >= deadlineMs;
  const exponentialMs = firstDelayMs * growth ** Math.min(attempts - 1, 30);
  const delayMs = isPast ? delayAfterDeadlineMs : Math.min(exponentialMs, delayBeforeDeadlineMaxMs);
  const nextMs = nowMs + Math.round(delayMs * (1 + jitter(change.changeId, attempts) / 4));
  const lastCallAtMs = deadlineMs - lastCallMs;
  return toInstant(nowMs < lastCallAtMs && nextMs > lastCallAtMs ? lastCallAtMs : nextMs);
}

/** A number in [0, 1) that belongs to the change and the attempt. */
function jitter(changeId: string, attempts: number): number {
  return createHash('sha256').update(`${changeId} ${attempts}`).digest().readUInt32BE(0) / 2 ** 32;
}
