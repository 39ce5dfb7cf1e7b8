import type { EventStore } from '../event-store.js';
import { comparePositions, type Position } from '../position.js';
import { describedBy, kindOf, type StreamKind } from './copied-log.js';
import type { StoredRecord } from './stored-record.js';
import { Survey } from './survey.js';

const doing = 'reading the source';

/** The log that is copied, up to the end that it had when the copy began. */
export class SourceLog {
  private constructor(
    private readonly store: EventStore,
    readonly end: Position,
    private readonly isLeftOut: (stream: string) => boolean,
  ) {}

  static async of(store: EventStore, isLeftOut: (stream: string) => boolean): Promise<SourceLog> {
    return new SourceLog(store, await store.lastPosition(), isLeftOut);
  }

  async survey(onCounted: (eventCount: number) => void): Promise<Survey> {
    const survey = new Survey();
    for await (const record of this.#records('start')) {
      survey.take(this.#kindOf(record), record);
      onCounted(survey.eventCount);
    }
    return survey;
  }

  /** The events that are copied one by one, from a position on. */
  async *events(from: Position | 'start'): AsyncGenerator<StoredRecord, void, undefined> {
    for await (const record of this.#records(from)) {
      if (this.#kindOf(record) === 'events') yield record;
    }
  }

  /** How many events, of those that are copied, came after the end. */
  async countNewer(): Promise<number> {
    let count = 0;
    for await (const record of this.store.readRecords({ from: this.end, doing })) {
      const kind = this.#kindOf(record);
      if (comparePositions(record.position, this.end) > 0 && (kind === 'events' || kind === 'metadata')) count++;
    }
    return count;
  }

  async *#records(from: Position | 'start'): AsyncGenerator<StoredRecord, void, undefined> {
    for await (const record of this.store.readRecords({ from, doing })) {
      if (comparePositions(record.position, this.end) > 0) return;
      yield record;
    }
  }

  #kindOf({ stream }: StoredRecord): StreamKind | 'left-out' {
    const kind = kindOf(stream);
    if (kind === 'system') return kind;
    return this.isLeftOut(kind === 'metadata' ? describedBy(stream) : stream) ? 'left-out' : kind;
  }
}
