import { parseEventId } from '../record/event-id.js';
import { encodeRecord, readHeader, decodeRecord } from '../record/recorded-event.js';
import { decideAppend, mayDelete, type StreamHistory } from './decide-append.js';
import type { AppendOutcome, AppendRequest, DeleteRequest, ProposedEvent } from './event-log.js';
import { eventIdKey, numberKey, readNumber, revisionKey, streamKey } from './keys.js';
import { isSoftDeleted, parseRetention, TRUNCATE_EVERYTHING, withTruncateBefore } from './retention.js';
import { metastreamOf, newStream, streamOfMetastream, type StreamState } from './stream-state.js';
import { systemEvent } from './system-event.js';
import type { Tables } from './tables.js';

const STREAM_COUNTER = 'streams';

/** In milliseconds since 1970. */
export interface CommitTime {
  readonly nowMs: number;
  /** What the events of the commit say: never before the events that are there, also when the clock was set back. */
  readonly createdMs: number;
}

/**
 * Applies requests one after the other inside a transaction; each sees what those before it wrote. A put takes effect
 * at once there, and fails by throwing: its promise says nothing more.
 * One writer serves one transaction.
 */
export class LogWriter {
  /** Streams that got events. */
  readonly touched = new Set<string>();

  constructor(
    private readonly tables: Tables,
    public lastPosition: number,
    private readonly time: CommitTime,
  ) {}

  append(request: AppendRequest): AppendOutcome {
    if (request.deadlineMs !== undefined && request.deadlineMs < this.time.nowMs) return { kind: 'deadline-passed' };
    const history = this.history(request.stream);
    const decision = decideAppend(request.expected, request.events, history);
    switch (decision.kind) {
      case 'stream-deleted':
        return decision;
      case 'wrong-expected-revision':
        return wrongExpectedRevision(history.state);
      case 'repeat':
        return this.written(history.state, decision.lastRevision);
      case 'write': {
        if (request.events.length === 0) return this.written(undefined, history.state?.lastRevision ?? -1);
        if (history.state && isSoftDeleted(history.state.retention)) this.revive(request.stream, history.state);
        this.write(request.stream, request.events);
        return this.newestWritten(request.stream);
      }
    }
  }

  /** Writes into the stream's metadata that all is hidden. */
  softDelete({ stream, expected }: DeleteRequest): AppendOutcome {
    const state = this.state(stream);
    if (state?.tombstoned) return { kind: 'stream-deleted' };
    if (!state || !mayDelete(expected, state)) return wrongExpectedRevision(state);
    const metastream = metastreamOf(stream);
    if (isSoftDeleted(state.retention)) return this.newestWritten(metastream);
    const data = withTruncateBefore(this.newestData(metastream), TRUNCATE_EVERYTHING);
    this.write(metastream, [systemEvent('$metadata', data)]);
    return this.newestWritten(metastream);
  }

  tombstone({ stream, expected }: DeleteRequest): AppendOutcome {
    const state = this.state(stream);
    if (state?.tombstoned) return { kind: 'stream-deleted' };
    if (!mayDelete(expected, state)) return wrongExpectedRevision(state);
    const written = this.write(stream, [systemEvent('$streamDeleted', Buffer.from('{}'))]);
    void this.tables.streams.put(streamKey(stream), { ...written, tombstoned: true });
    return this.newestWritten(stream);
  }

  /** Writes the events behind the last revision of the stream, whatever that is. */
  private write(stream: string, events: readonly ProposedEvent[]): StreamState {
    const before = this.state(stream) ?? newStream(this.nextStreamNumber());
    let revision = before.lastRevision;
    const ticks = `${this.time.createdMs}0000`;
    for (const event of events) {
      revision += 1;
      const position = (this.lastPosition += 1);
      const id = parseEventId(event.id);
      if (!id) throw new Error(`The event id ${event.id} is not a UUID.`);
      const record = encodeRecord({ ...event, stream, revision, position, createdTicks: ticks });
      void this.tables.events.put(numberKey(position), record);
      void this.tables.revisions.put(revisionKey(before.number, revision), numberKey(position));
      void this.tables.eventIds.put(eventIdKey(before.number, id), numberKey(revision));
    }
    const state = { ...before, lastRevision: revision };
    void this.tables.streams.put(streamKey(stream), state);
    this.touched.add(stream);
    const described = streamOfMetastream(stream);
    const newest = events.at(-1);
    if (described !== undefined && newest) this.retain(described, newest.data);
    return state;
  }

  private state(stream: string): StreamState | undefined {
    return this.tables.streams.get(streamKey(stream));
  }

  /** A stream that was deleted softly goes on behind its old events. */
  private revive(stream: string, state: StreamState): void {
    const metastream = metastreamOf(stream);
    const data = withTruncateBefore(this.newestData(metastream), state.lastRevision + 1);
    this.write(metastream, [systemEvent('$metadata', data)]);
  }

  private newestData(stream: string): Uint8Array {
    const state = this.state(stream);
    const record = state && this.recordAt(state, state.lastRevision);
    return record ? decodeRecord(record).data : new Uint8Array();
  }

  private retain(stream: string, metadata: Uint8Array): void {
    const state = this.state(stream) ?? newStream(this.nextStreamNumber());
    void this.tables.streams.put(streamKey(stream), { ...state, retention: parseRetention(metadata) });
  }

  private history(stream: string): StreamHistory {
    const state = this.state(stream);
    return {
      state,
      revisionOf: (id) => {
        const bytes = parseEventId(id);
        const revision = state && bytes && this.tables.eventIds.get(eventIdKey(state.number, bytes));
        return revision && readNumber(revision);
      },
      eventIdAt: (revision) => {
        const record = state && this.recordAt(state, revision);
        return record && readHeader(record).id;
      },
    };
  }

  private recordAt(state: StreamState, revision: number): Buffer | undefined {
    const position = revision < 0 ? undefined : this.tables.revisions.get(revisionKey(state.number, revision));
    return position && this.tables.events.get(position);
  }

  private newestWritten(stream: string): AppendOutcome {
    const state = this.state(stream);
    return this.written(state, state?.lastRevision ?? -1);
  }

  private written(state: StreamState | undefined, revision: number): AppendOutcome {
    const position = state && this.tables.revisions.get(revisionKey(state.number, revision));
    return { kind: 'written', revision, position: position && readNumber(position) };
  }

  private nextStreamNumber(): number {
    const number = (this.tables.counters.get(STREAM_COUNTER) ?? 0) + 1;
    void this.tables.counters.put(STREAM_COUNTER, number);
    return number;
  }
}

const wrongExpectedRevision = (state: StreamState | undefined): AppendOutcome => ({
  kind: 'wrong-expected-revision',
  current: state?.lastRevision ?? -1,
});
