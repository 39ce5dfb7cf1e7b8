import type { EventStoreDBClient } from '@eventstore/db-client';
import { consume, type Consumer, type Reached } from '../consumer/consume.js';
import { encodePosition, positionOf, type Position } from '../position.js';
import { AllSubscription, licenseStreamPrefix, publicEventOf } from './ledger-log.js';

export interface FollowLogOptions {
  readonly client: EventStoreDBClient;
  /** Behind which position to begin: `start`, which is the default, or one that was reached before. */
  readonly after?: string;
  /** Ends it in order. */
  readonly signal?: AbortSignal;
  /** Told of each interruption, for the log. */
  readonly onInterrupted?: (error: Error, retryInMs: number) => void;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** A subscription hands its events on in batches of this size; a batch waits for its next event no longer than this. */
const batch = { maxEvents: 100, maxWaitMs: 10 };

/** Handles the events of every license by a catch-up subscription, until the signal aborts. @throws as `consume` and `followLog` do */
export function consumeLog({ handle, checkpoint, ...options }: FollowLogOptions & Consumer): Promise<void> {
  return consume((after) => followLog(after === undefined ? options : { ...options, after }), { handle, checkpoint });
}

/**
 * The events of every license without end, by a catch-up subscription to `$all`. An interrupted subscription is taken up
 * again behind the last event; what the filter leaves out moves the position on as well. Ends when the signal aborts.
 *
 * @throws Error for a position that is none, and for an event that this version of the package can not read: to leave it
 *   out would be to lose it
 */
export async function* followLog(options: FollowLogOptions): AsyncGenerator<Reached, void, undefined> {
  const { client, after = 'start', signal = new AbortController().signal, random = Math.random } = options;
  const from: Position | 'start' | null = after === 'start' ? after : positionOf(after);
  if (from === null) throw new Error(`'${after}' is not a position of the ledger's log.`);
  const { onInterrupted } = options;
  const asked = { prefixes: [licenseStreamPrefix], from, signal, batch, ...(onInterrupted && { onInterrupted }) };
  for await (const { events, checkpoint } of new AllSubscription(client, asked, random)) {
    for (const recorded of events) {
      if (signal.aborted) return;
      const event = publicEventOf(recorded);
      yield { event, position: event.position };
    }
    yield { event: null, position: encodePosition(checkpoint) };
  }
}
