import { START, type EventStoreDBClient } from '@eventstore/db-client';
import { toStoreError } from './errors.js';
import { comparePositions, type Position } from './position.js';
import { attentively } from './read.js';
import { toRecordedEvent, type RecordedEvent } from './recorded-event.js';

export interface PageOptions {
  /** The page begins behind this. */
  readonly after: Position | 'start';
  /** Only streams whose name starts with one of these. */
  readonly prefixes: readonly string[];
  /** How many events of the log are looked at, those of other streams included. */
  readonly maxCount: number;
  /** How long the server may be silent before the read fails. */
  readonly timeoutMs: number;
}

/** A stretch of the log. */
export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here is in this page or was before it. */
  readonly upTo: Position | 'start';
  /** Whether the log had nothing more when it was read. */
  readonly isLast: boolean;
}

/**
 * One page of the log. It is read to its end: a read that is cut short resets its call, and a server on Node's HTTP/2
 * takes more than 33 resets a second for an attack.
 */
export async function readPage(
  client: EventStoreDBClient,
  { after, prefixes, maxCount, timeoutMs }: PageOptions,
): Promise<LogPage> {
  const isFromStart = after === 'start';
  // A read begins with the event at the position, which was in the page before.
  const asked = isFromStart ? maxCount : maxCount + 1;
  const reading = client.readAll({ fromPosition: isFromStart ? START : after, maxCount: asked });
  const events: RecordedEvent[] = [];
  let upTo = after;
  let count = 0;
  try {
    for await (const resolved of attentively(reading, timeoutMs)) {
      count += 1;
      const event = toRecordedEvent(resolved);
      if (!isFromStart && comparePositions(event.position, after) <= 0) continue;
      upTo = event.position;
      if (prefixes.some((prefix) => event.stream.startsWith(prefix))) events.push(event);
    }
  } catch (error) {
    throw toStoreError('reading a page of the log', error);
  }
  return { events, upTo, isLast: count < asked };
}
