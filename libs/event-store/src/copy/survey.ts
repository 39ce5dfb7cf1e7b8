import { describedBy, isTombstone, toCopy, type StreamKind } from './copied-log.js';
import type { StoredRecord } from './stored-record.js';

/** Examples that are named; the rest is counted. */
const examplesMax = 5;

/**
 * What is in a log, gathered in one pass. It holds one entry for each stream (about 150 bytes with its name) and the
 * newest event of each metadata stream, and nothing of the events themselves.
 */
export class Survey {
  eventCount = 0;
  /** Last revision of each stream that has events, the tombstone aside. */
  readonly revisions = new Map<string, number>();
  readonly tombstones = new Set<string>();
  /** The newest metadata of each stream that has any, by the stream that it describes. */
  readonly metadata = new Map<string, StoredRecord>();
  /**
   * Streams whose beginning, or something in between, is gone, by the first revision that is missing: a server gives
   * out revisions one after the other, so these can't be given the same ones again.
   */
  readonly gaps = new Map<string, number>();
  /** How many events the server's own streams hold, by the family of the stream: `$ce-…`. */
  readonly systemEvents = new Map<string, number>();
  /** Events of streams that were not to be copied. */
  leftOutCount = 0;
  /** Events whose metadata has no room for their origin. */
  withoutOriginCount = 0;
  readonly withoutOrigin = new Set<string>();

  /** Takes the next event of the log, of whatever kind. */
  take(kind: StreamKind | 'left-out', record: StoredRecord): void {
    const { stream } = record;
    switch (kind) {
      case 'events':
        this.eventCount++;
        if (isTombstone(record)) this.tombstones.add(stream);
        else this.#count(record);
        break;
      case 'metadata':
        this.metadata.set(describedBy(stream), record);
        break;
      case 'system': {
        const family = familyOf(stream);
        this.systemEvents.set(family, (this.systemEvents.get(family) ?? 0) + 1);
        break;
      }
      case 'left-out':
        this.leftOutCount++;
        break;
    }
  }

  /** Whether the log has the stream, if only its metadata. */
  has(stream: string): boolean {
    return this.revisions.has(stream) || this.tombstones.has(stream) || this.metadata.has(stream);
  }

  #count(record: StoredRecord): void {
    const { stream } = record;
    const revision = Number(record.revision);
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected && !this.gaps.has(stream)) this.gaps.set(stream, expected);
    this.revisions.set(stream, revision);
    if (toCopy(record).carriesOrigin) return;
    this.withoutOriginCount++;
    if (this.withoutOrigin.size < examplesMax) this.withoutOrigin.add(stream);
  }
}

/** `$ce-orders` → `$ce-…`: there may be a system stream for every stream. */
function familyOf(stream: string): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : `${stream.slice(0, dash + 1)}…`;
}
