import { withStructuredId } from '../record/recorded-event.js';
import { lengthDelimitedSize, lengthDelimitedTag, varintSize, varintTag, writeVarint } from '../record/wire.js';
import type { ResolvedEvent } from '../reading/link.js';

/**
 * The encoded response that carries one event: the records go into it as they lie in the storage. The layout is that of
 * `ReadResp` in the streams service and in the persistent subscriptions.
 */
const CONTENT_EVENT = 1;
const EVENT = 1;
const LINK = 2;
const COMMIT_POSITION = 3;
const RETRY_COUNT = 5;

export interface EventFrame extends ResolvedEvent {
  readonly structuredIds: boolean;
  /** In persistent subscriptions: how often the event was sent before. */
  readonly retryCount?: number;
}

export function eventFrame({ event, link, position, structuredIds, retryCount }: EventFrame): Buffer {
  const records: [field: number, record: Buffer][] = [];
  if (event) records.push([EVENT, structuredIds ? withStructuredId(event) : event]);
  if (link) records.push([LINK, structuredIds ? withStructuredId(link) : link]);
  const size =
    records.reduce((sum, [, record]) => sum + lengthDelimitedSize(record.length), 0) +
    (1 + varintSize(position)) +
    (retryCount === undefined ? 0 : 1 + varintSize(retryCount));

  const frame = Buffer.allocUnsafe(lengthDelimitedSize(size));
  frame[0] = lengthDelimitedTag(CONTENT_EVENT);
  let at = writeVarint(frame, 1, size);
  for (const [field, record] of records) {
    frame[at++] = lengthDelimitedTag(field);
    at = writeVarint(frame, at, record.length);
    frame.set(record, at);
    at += record.length;
  }
  frame[at++] = varintTag(COMMIT_POSITION);
  at = writeVarint(frame, at, position);
  if (retryCount !== undefined) {
    frame[at++] = varintTag(RETRY_COUNT);
    writeVarint(frame, at, retryCount);
  }
  return frame;
}
