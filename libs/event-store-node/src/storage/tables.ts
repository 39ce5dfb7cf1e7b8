import { open, type Database, type RootDatabase } from 'lmdb';
import type { StreamState } from './stream-state.js';

/** The files of one log. Every value is found by keys of `keys.ts`. */
export interface Tables {
  readonly root: RootDatabase;
  /** Position → encoded RecordedEvent. */
  readonly events: Database<Buffer, Buffer>;
  /** Stream and revision → position. */
  readonly revisions: Database<Buffer, Buffer>;
  /** Stream and event id → newest revision. */
  readonly eventIds: Database<Buffer, Buffer>;
  /** Stream name → state. */
  readonly streams: Database<StreamState, Buffer>;
  /** Name → whole number. */
  readonly counters: Database<number, string>;
}

/** In the folder of the tables; LMDB keeps a lock beside it, which holds nothing that lasts. */
export const DATA_FILE = 'data.mdb';

export function openTables(folder: string): Tables {
  // Without overlapping sync a commit is on the disk when it is reported, and seen by readers no sooner.
  const root = open({ path: folder, maxDbs: 8, cache: false, overlappingSync: false });
  const bytes = { encoding: 'binary', keyEncoding: 'binary' } as const;
  return {
    root,
    events: root.openDB<Buffer, Buffer>('events', bytes),
    revisions: root.openDB<Buffer, Buffer>('revisions', bytes),
    eventIds: root.openDB<Buffer, Buffer>('event-ids', bytes),
    streams: root.openDB<StreamState, Buffer>('streams', { encoding: 'msgpack', keyEncoding: 'binary' }),
    counters: root.openDB<number, string>('counters', { encoding: 'msgpack' }),
  };
}
