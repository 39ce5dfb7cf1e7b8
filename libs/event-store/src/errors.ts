import {
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
} from '@eventstore/db-client';

/** The store can't be reached, or did not say in time what became of an append. Repeating the command is safe. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
  readonly reason: string;

  constructor(
    readonly doing: string,
    cause?: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : 'no answer in time';
    super(`The event store is unavailable while ${doing} (${reason}). Repeat the request with the same key.`, {
      cause,
    });
    this.reason = reason;
  }
}

/** Too much is waiting here. Nothing was written; repeat after a pause. */
export class EventStoreBusy extends Error {
  override readonly name = 'EventStoreBusy';
}

/** The store refused for good: access, size, a deleted or truncated stream. Repeating does not help. */
export class EventStoreRejected extends Error {
  override readonly name = 'EventStoreRejected';
}

const ours = [EventStoreUnavailable, EventStoreBusy, EventStoreRejected];
const definite = [AccessDeniedError, InvalidArgumentError, MaxAppendSizeExceededError, StreamDeletedError];

/** Turns whatever the client threw into one of our errors: what is not plainly final counts as unavailable. */
export function toStoreError(doing: string, error: unknown): Error {
  if (ours.some((type) => error instanceof type)) return error as Error;
  if (definite.some((type) => error instanceof type)) {
    return new EventStoreRejected(`The event store refused while ${doing}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return new EventStoreUnavailable(doing, error);
}
