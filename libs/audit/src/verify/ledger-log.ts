import { accountingPeriodsStream } from '#accounting';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import { licenseStreamPrefix, planStreamPrefix, propagationStreamPrefix } from '#license';

/** The log of a ledger, as far as its books need it. */
export interface LedgerLog {
  /** The ledger's events after a position, in the order of the log, up to its present end. */
  after(position: Position | 'start'): AsyncIterable<RecordedEvent>;
  /** The events of one stream from a revision on. */
  stream(stream: string, from: bigint): AsyncIterable<RecordedEvent>;
  /** The end of the whole log. */
  lastPosition(): Promise<Position>;
}

const prefixes = [licenseStreamPrefix, planStreamPrefix, propagationStreamPrefix, accountingPeriodsStream];

export function logOf(store: EventStore): LedgerLog {
  return {
    after: (position) => store.readAll({ after: position, prefixes }),
    stream: (stream, from) => store.readStream(stream, { from }),
    lastPosition: () => store.lastPosition(),
  };
}
