import { EventStoreBusy, EventStoreUnavailable } from '#event-store';
import { ProblemException } from '#http';

const retryAfter = { 'retry-after': '1' };

/** Runs `work`, and says in the interface's words when the event store can't take it. */
export async function withStoreProblems<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EventStoreUnavailable) {
      const detail = 'The event store does not answer. Repeat the request with the same Idempotency-Key.';
      throw new ProblemException('event-store-unavailable', detail, {}, retryAfter);
    }
    if (error instanceof EventStoreBusy) {
      const detail = 'Too many commands wait; nothing was written. Repeat the request with the same Idempotency-Key.';
      throw new ProblemException('too-many-requests', detail, {}, retryAfter);
    }
    throw error;
  }
}
