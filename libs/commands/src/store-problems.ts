import { EventStoreBusy, EventStoreUnavailable } from '#event-store';
import { ProblemException } from '#http';
import { isDatabaseOutage } from '#projection-engine';

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

/** Runs `work`, which needs the keys of personal data, and says so when the database that has them is away. */
export async function withKeyProblems<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isDatabaseOutage(error)) throw error;
    const detail =
      'The keys of personal data can not be reached, which this command needs. Repeat the request with the same Idempotency-Key.';
    throw new ProblemException('read-model-unavailable', detail, {}, retryAfter);
  }
}
