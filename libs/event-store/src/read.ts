import { START, type EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreUnavailable, toStoreError } from './errors.js';
import { comparePositions, type Position } from './position.js';
import { toRecordedEvent, type RecordedEvent } from './recorded-event.js';
import { endingByItself } from './unfound-stream.js';

export interface ReadStreamOptions {
  /** The first revision to read, included. */
  readonly from?: bigint;
  readonly maxCount?: number;
  /** How long the server may be silent before the read fails. */
  readonly timeoutMs: number;
}

export interface ReadAllOptions {
  /** Read what stands after this position, as subscriptions do. */
  readonly after?: Position | 'start';
  /** Only streams whose name starts with one of these; without it, all but the store's own streams. */
  readonly prefixes?: readonly string[];
  readonly maxCount?: number;
  readonly timeoutMs: number;
}

/** The events of one stream, in order; none when there is no such stream. */
export async function* readStream(
  client: EventStoreDBClient,
  stream: string,
  { from = 0n, maxCount, timeoutMs }: ReadStreamOptions,
): AsyncGenerator<RecordedEvent, void, undefined> {
  const options = { fromRevision: from, requiresLeader: true, ...(maxCount !== undefined && { maxCount }) };
  try {
    for await (const resolved of attentively(endingByItself(client.readStream(stream, options)), timeoutMs)) {
      yield toRecordedEvent(resolved);
    }
  } catch (error) {
    throw toStoreError(`reading stream ${stream}`, error);
  }
}

/** The events of all streams, in the order of the log. */
export async function* readAll(
  client: EventStoreDBClient,
  { after = 'start', prefixes, maxCount = Infinity, timeoutMs }: ReadAllOptions,
): AsyncGenerator<RecordedEvent, void, undefined> {
  if (maxCount <= 0) return;
  const wanted = prefixes
    ? (stream: string) => prefixes.some((prefix) => stream.startsWith(prefix))
    : (stream: string) => !stream.startsWith('$');
  const reading = client.readAll({ fromPosition: after === 'start' ? START : after });
  let count = 0;
  try {
    for await (const resolved of attentively(reading, timeoutMs)) {
      const event = toRecordedEvent(resolved);
      // The server's reads start at the position, its subscriptions after it: here both mean after.
      if (!wanted(event.stream) || (after !== 'start' && comparePositions(event.position, after) <= 0)) continue;
      yield event;
      if (++count >= maxCount) return;
    }
  } catch (error) {
    throw toStoreError('reading all streams', error);
  }
}

/** A read under way: the client's own, or a bare call. */
interface Reading<Item> extends AsyncIterable<Item> {
  destroy(error: Error): unknown;
  cancel(): unknown;
}

/**
 * Passes a read on and guards it: the client sets no deadline, so silence ends it here; and a consumer that stops
 * early ends the call, which the client would leave open. Time that the consumer takes does not count as silence.
 */
export async function* attentively<Item>(
  reading: Reading<Item>,
  timeoutMs: number,
): AsyncGenerator<Item, void, undefined> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) reading.destroy(new EventStoreUnavailable(`reading: nothing came within ${timeoutMs} ms`));
  }, timeoutMs);
  let finished = false;
  try {
    for await (const item of reading) {
      waiting = false;
      yield item;
      waiting = true;
      timer.refresh();
    }
    finished = true;
  } finally {
    clearTimeout(timer);
    if (!finished) void Promise.resolve(reading.cancel()).catch(() => undefined);
  }
}
