import { isDeepStrictEqual } from 'node:util';
import type { EventStore } from '../event-store.js';
import { CopyConflict } from './append-window.js';
import { toCopy } from './copied-log.js';
import type { StoredRecord } from './stored-record.js';
import type { Survey } from './survey.js';
import type { TargetLog } from './target-log.js';

/**
 * Streams whose metadata in the target does not say what it says in the source. It is compared by what it says: servers
 * write metadata themselves when a stream is deleted or goes on, each in its own spelling and under its own id.
 */
export function* metadataToCopy(source: Survey, target: TargetLog): Generator<StoredRecord> {
  for (const [stream, original] of source.metadata) {
    // A stream that was ended for ever takes no metadata any more, and needs none.
    if (source.tombstones.has(stream)) continue;
    const copy = target.metadata.get(stream);
    if (!copy || !isDeepStrictEqual(parse(original.data), parse(copy.data))) yield original;
  }
}

/** Metadata that streams of the source have in the target alone. */
export function* foreignMetadata(source: Survey, target: TargetLog): Generator<StoredRecord> {
  for (const [stream, record] of target.metadata) {
    if (source.has(stream) && !source.metadata.has(stream)) yield record;
  }
}

/**
 * Gives a stream of the target the metadata that it has in the source. Only the newest is copied: it is what counts, a
 * server keeps no more, and writing older ones again would delete and revive streams on the way.
 */
export async function copyMetadata(target: EventStore, original: StoredRecord): Promise<void> {
  const { stream } = original;
  const current = await target.lastEvent(stream);
  // Appending to a deleted stream makes the server itself write what the source's server wrote then.
  if (current && isDeepStrictEqual(parse(original.data), current.data)) return;
  const request = { stream, expectedRevision: current?.revision ?? -1n, events: [toCopy(original)] };
  if (!(await target.append(request)).written) throw new CopyConflict(request);
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return data.toString('latin1');
  }
}
