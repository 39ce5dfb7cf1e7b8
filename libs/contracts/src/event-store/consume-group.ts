import type {
  EventStoreDBClient,
  PersistentSubscriptionToAll,
  PersistentSubscriptionToAllResolvedEvent,
} from '@eventstore/db-client';
import { backoffMs, pause } from '../consumer/backoff.js';
import type { PublicEvent } from '../events/cloud-event.js';
import { publicEventOf, toRecordedEvent } from './ledger-log.js';

export interface GroupOptions {
  readonly client: EventStoreDBClient;
  /** The persistent subscription to `$all` that this consumer takes part in: see `ensureGroup`. */
  readonly group: string;
  readonly handle: (event: PublicEvent) => unknown;
  /** How often an event is tried before it is parked. Default: 5. */
  readonly attemptsMax?: number;
  /** How many events wait here, taken from the other consumers of the group. Default: 10. */
  readonly bufferSize?: number;
  /** Told of each event that could not be handled, for the log. */
  readonly onFailed?: (error: unknown, eventId: string, isParked: boolean) => void;
  /** Told of each interruption, for the log. */
  readonly onInterrupted?: (error: Error, retryInMs: number) => void;
  /** Ends it in order. */
  readonly signal?: AbortSignal;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

const attemptsMaxDefault = 5;
const bufferSizeDefault = 10;
const retryMs = 100;
const retryMsMax = 2_000;

/**
 * Handles the share of a group's events that the server gives to this consumer, one at a time, until the signal aborts.
 * An event is acknowledged when it was handled; one that can not be is tried again, and parked in the end, so that the
 * others go on. The order is not kept over retries and among consumers: each event's `sequence` says its place.
 */
export async function consumeGroup(options: GroupOptions): Promise<void> {
  const { client, group, bufferSize = bufferSizeDefault, signal, random = Math.random } = options;
  let failures = 0;
  while (!signal?.aborted) {
    const subscription = client.subscribeToPersistentSubscriptionToAll(group, { bufferSize });
    subscription.once('confirmation', () => (failures = 0));
    const stop = (): void => void subscription.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    let failure = new Error('The server ended the subscription.');
    try {
      for await (const resolved of subscription) await take(subscription, resolved, options);
    } catch (error) {
      failure = error as Error;
    } finally {
      signal?.removeEventListener('abort', stop);
      // Leaving the loop does not tell the server, which would go on giving events to this consumer.
      subscription.unsubscribe().catch(() => undefined);
    }
    if (signal?.aborted) return;
    const retryInMs = backoffMs(failures++, retryMs, retryMsMax, random);
    options.onInterrupted?.(failure, retryInMs);
    await pause(retryInMs, signal);
  }
}

async function take(
  subscription: PersistentSubscriptionToAll,
  resolved: PersistentSubscriptionToAllResolvedEvent,
  { handle, attemptsMax = attemptsMaxDefault, onFailed }: GroupOptions,
): Promise<void> {
  try {
    await handle(publicEventOf(toRecordedEvent(resolved)));
  } catch (error) {
    const isParked = resolved.retryCount + 1 >= attemptsMax;
    onFailed?.(error, resolved.event?.id ?? '', isParked);
    const reason = error instanceof Error ? error.message : String(error);
    await subscription.nack(isParked ? 'park' : 'retry', reason, resolved);
    return;
  }
  await subscription.ack(resolved);
}
