import { readHeader } from '../record/recorded-event.js';
import type { Direction, StoredEvent, StreamDescription, StreamEvent } from './event-log.js';
import { numberKey, readNumber, revisionKey, streamKey } from './keys.js';
import { firstRevisionByCount, isSoftDeleted } from './retention.js';
import type { StreamState } from './stream-state.js';
import type { Tables } from './tables.js';

export const PAGE_EVENTS_MAX = 256;
const PAGE_BYTES_MAX = 1024 * 1024;

/** Reads pages, so that no view of the files stays open while a consumer is slow. */
export class LogReader {
  constructor(
    private readonly tables: Tables,
    private readonly lastPosition: () => number,
    private readonly now: () => number,
  ) {}

  all(from: number, direction: Direction, limit = PAGE_EVENTS_MAX): StoredEvent[] {
    const last = this.lastPosition();
    const page: StoredEvent[] = [];
    if (limit <= 0 || last === 0 || (direction === 'backwards' && from < 1)) return page;
    const range =
      direction === 'forwards'
        ? { start: numberKey(Math.max(from, 1)), end: numberKey(last + 1) }
        : { start: numberKey(Math.min(from, last)), end: numberKey(0), reverse: true };
    let bytes = 0;
    for (const { key, value } of this.tables.events.getRange({ ...range, limit: pageLimit(limit) })) {
      page.push({ position: readNumber(key), record: value });
      bytes += value.length;
      if (bytes >= PAGE_BYTES_MAX) break;
    }
    return page;
  }

  stream(name: string, from: number, direction: Direction, limit = PAGE_EVENTS_MAX): StreamEvent[] {
    const state = this.state(name);
    const page: StreamEvent[] = [];
    if (!state || limit <= 0) return page;
    const first = this.firstVisible(state);
    const [start, end] =
      direction === 'forwards'
        ? [Math.max(from, first), state.lastRevision + 1]
        : [Math.min(from, state.lastRevision), first - 1];
    if (direction === 'forwards' ? start >= end : start <= end) return page;
    const range = {
      start: revisionKey(state.number, start),
      limit: pageLimit(limit),
      reverse: direction !== 'forwards',
    };
    let bytes = 0;
    let revision = start;
    for (const { key, value } of this.tables.revisions.getRange(range)) {
      const position = readNumber(value);
      if (readNumber(key) !== state.number || revision === end || position > this.lastPosition()) break;
      const record = this.tables.events.get(numberKey(position));
      if (!record)
        throw new Error(`Revision ${revision} of stream ${name} points to position ${position}, which is lost.`);
      page.push({ revision, position, record });
      revision += direction === 'forwards' ? 1 : -1;
      bytes += record.length;
      if (bytes >= PAGE_BYTES_MAX) break;
    }
    return page;
  }

  describe(name: string): StreamDescription | undefined {
    const state = this.state(name);
    if (!state) return undefined;
    const { lastRevision, tombstoned, retention } = state;
    const softDeleted = isSoftDeleted(retention);
    return { lastRevision, tombstoned, softDeleted, firstVisibleRevision: this.firstVisible(state) };
  }

  private state(name: string): StreamState | undefined {
    return this.tables.streams.get(streamKey(name));
  }

  private firstVisible(state: StreamState): number {
    const first = firstRevisionByCount(state.retention, state.lastRevision);
    const { maxAgeSeconds } = state.retention;
    if (maxAgeSeconds === undefined) return first;
    const oldestTicks = BigInt(this.now() - maxAgeSeconds * 1000) * 10_000n;
    return this.firstCreatedSince(oldestTicks, state, first);
  }

  /** Creation times never go back within the log, so the border is found by halving. */
  private firstCreatedSince(ticks: bigint, state: StreamState, first: number): number {
    let low = first;
    let high = state.lastRevision + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.createdTicks(state, middle) < ticks) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private createdTicks(state: StreamState, revision: number): bigint {
    const position = this.tables.revisions.get(revisionKey(state.number, revision));
    const record = position && this.tables.events.get(position);
    return record ? BigInt(readHeader(record).createdTicks) : 0n;
  }
}

const pageLimit = (limit: number): number => Math.min(limit, PAGE_EVENTS_MAX);
