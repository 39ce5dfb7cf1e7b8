import { readStreamName } from '../record/record-subject.js';
import { readHeader } from '../record/recorded-event.js';
import { allCursor, streamCursor, type Cursor } from '../reading/cursor.js';
import { createFilter, type EventFilter } from '../reading/event-filter.js';
import { resolveLink, unresolved, type ResolvedEvent } from '../reading/link.js';
import type { EventLog, StoredEvent } from '../storage/event-log.js';
import { ALL_SOURCE, isGroupStream, type GroupDefinition } from './group-definition.js';

/** An event of the source, at its revision or position. */
export interface SourceEvent {
  readonly place: number;
  /** `bookkeeping` is what groups write themselves; `filtered` is what the group's filter leaves out. */
  readonly kind: 'wanted' | 'filtered' | 'bookkeeping';
  readonly stored: StoredEvent;
}

/** What a group reads: a stream or the whole log, through the group's filter. */
export class GroupSource {
  private readonly cursor: Cursor;
  private readonly matches: EventFilter;
  private readonly isAll: boolean;

  /** @param from is the first place to be read. */
  constructor(
    private readonly log: EventLog,
    private readonly definition: GroupDefinition,
    from: number,
  ) {
    const { source, settings } = definition;
    this.isAll = source === ALL_SOURCE;
    this.cursor = this.isAll ? allCursor(log, from) : streamCursor(log, source, from);
    this.matches = settings.filter ? createFilter(settings.filter) : () => true;
  }

  /** The next page, empty at the end. */
  next(): SourceEvent[] {
    const page = this.cursor.next(this.definition.settings.readBatchSize);
    return page.map((stored) => ({ stored, place: this.placeOf(stored), kind: this.kindOf(stored) }));
  }

  onGrowth(listener: () => void): () => void {
    return this.cursor.onGrowth(listener);
  }

  /** The event as the group delivers it. */
  resolve(stored: StoredEvent): ResolvedEvent {
    return this.definition.settings.resolveLinks ? resolveLink(this.log, stored) : unresolved(stored);
  }

  private placeOf({ position, record }: StoredEvent): number {
    return this.isAll ? position : readHeader(record).revision;
  }

  private kindOf({ record }: StoredEvent): SourceEvent['kind'] {
    if (!this.isAll) return 'wanted';
    if (isGroupStream(readStreamName(record))) return 'bookkeeping';
    return this.matches(record) ? 'wanted' : 'filtered';
  }
}
