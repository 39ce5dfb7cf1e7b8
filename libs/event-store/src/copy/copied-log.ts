import type { ProposedBytes } from '../append-message.js';
import { withOrigin } from '../origin.js';
import type { StoredRecord } from './stored-record.js';

/**
 * What a stream is to a copy. `events` are copied one by one. `metadata` says how another stream is kept (`$$orders`
 * of `orders`): its newest event is copied, which is all that counts. `system` is the server's own, and stays behind.
 */
export type StreamKind = 'events' | 'metadata' | 'system';

export function kindOf(stream: string): StreamKind {
  if (!stream.startsWith('$')) return 'events';
  return stream.length > 2 && stream.startsWith('$$') && !stream.startsWith('$', 2) ? 'metadata' : 'system';
}

/** The stream that a metadata stream describes. */
export const describedBy = (metastream: string): string => metastream.slice(2);

/** Whether the event ends its stream for ever. The server writes such events itself, under an id of its own. */
export const isTombstone = ({ type }: Pick<StoredRecord, 'type'>): boolean => type === '$streamDeleted';

/** The event as it has to stand in the target: as it was, with its origin where its metadata has room for one. */
export function toCopy(record: StoredRecord): ProposedBytes & { readonly carriesOrigin: boolean } {
  const { id, type, isJson, data, metadata } = record;
  const withIt = withOrigin(metadata, record);
  return { id, type, isJson, data, metadata: withIt ?? metadata, carriesOrigin: withIt !== null };
}
