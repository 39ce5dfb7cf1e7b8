import { join } from 'node:path';
import { DataFolderLock, type DataFolderOwner } from '#platform';
import { readHeader } from '../record/recorded-event.js';
import { CommitQueue } from './commit-queue.js';
import { CommitSignal } from './commit-signal.js';
import {
  StorageUnavailableError,
  type ALL_STREAMS,
  type AppendOutcome,
  type AppendRequest,
  type DeleteRequest,
  type Direction,
  type EventLog,
  type StoredEvent,
  type StreamDescription,
  type StreamEvent,
} from './event-log.js';
import { readNumber } from './keys.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { systemEvent } from './system-event.js';
import { DATA_FILE, openTables, type Tables } from './tables.js';
import { mendTornMeta } from './torn-meta.js';

export interface LogOptions {
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called once when the disk has failed; nothing can be written from then on. */
  readonly onFailure: (error: unknown) => void;
  /** Called while opening when power loss has torn a commit that was not answered; it is gone. */
  readonly onTornCommit?: (() => void) | undefined;
}

const OWNER: DataFolderOwner = {
  belongsTo: 'seat-ledger-event-store',
  title: 'the event store of Seat Ledger',
  layout: 1,
  setting: '--data',
};
const LOG_FOLDER = 'log';

/** The log is never empty: it begins with the node's own note of its birth. */
const FIRST_APPEND: AppendRequest = {
  stream: '$node',
  expected: 'no_stream',
  events: [systemEvent('$nodeCreated', Buffer.from('{}'))],
};

type Change = (writer: LogWriter) => AppendOutcome;

/** The event log in LMDB files. An outcome is reported, and an event is seen by readers, when it is on the disk. */
export class LmdbEventLog implements EventLog {
  private readonly reader: LogReader;
  private readonly signal = new CommitSignal();
  private readonly queue: CommitQueue<Change, AppendOutcome>;
  private closed = false;

  private constructor(
    private readonly lock: DataFolderLock,
    private readonly tables: Tables,
    private readonly options: LogOptions,
    private newest: { position: number; createdMs: number },
  ) {
    this.reader = new LogReader(tables, () => this.newest.position, options.now);
    this.queue = new CommitQueue((changes) => this.commit(changes), options.onFailure);
  }

  /** @throws {DataFolderError} */
  static async open(options: LogOptions): Promise<LmdbEventLog> {
    const lock = DataFolderLock.acquire(options.folder, OWNER);
    try {
      const folder = join(options.folder, LOG_FOLDER);
      if (mendTornMeta(join(folder, DATA_FILE))) options.onTornCommit?.();
      const tables = openTables(folder);
      const log = new LmdbEventLog(lock, tables, options, newestOf(tables));
      if (log.lastPosition === 0) await log.append(FIRST_APPEND);
      return log;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get lastPosition(): number {
    return this.newest.position;
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    const sizeBytes = request.events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    return this.queue.add((writer) => writer.append(request), sizeBytes);
  }

  softDelete(request: DeleteRequest): Promise<AppendOutcome> {
    return this.queue.add((writer) => writer.softDelete(request), 0);
  }

  tombstone(request: DeleteRequest): Promise<AppendOutcome> {
    return this.queue.add((writer) => writer.tombstone(request), 0);
  }

  describe(stream: string): StreamDescription | undefined {
    this.assertOpen();
    return this.reader.describe(stream);
  }

  readStream(stream: string, from: number, direction: Direction, limit?: number): readonly StreamEvent[] {
    this.assertOpen();
    return this.reader.stream(stream, from, direction, limit);
  }

  readAll(from: number, direction: Direction, limit?: number): readonly StoredEvent[] {
    this.assertOpen();
    return this.reader.all(from, direction, limit);
  }

  onCommit(stream: string | typeof ALL_STREAMS, listener: () => void): () => void {
    return this.signal.on(stream, listener);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.queue.close();
    this.closed = true;
    await this.tables.root.close();
    this.lock.release();
  }

  private async commit(changes: readonly Change[]): Promise<readonly AppendOutcome[]> {
    // Creation times never go back, so that a border in time is a border in revisions.
    const nowMs = this.options.now();
    const createdMs = Math.max(nowMs, this.newest.createdMs);
    const writer = new LogWriter(this.tables, this.newest.position, { nowMs, createdMs });
    // A child transaction, because it alone takes everything back when one of the changes throws.
    const outcomes = await this.tables.root.childTransaction(() => changes.map((change) => change(writer)));
    if (writer.touched.size > 0) {
      // Readers that were served a moment ago would go on in their old view.
      this.tables.root.resetReadTxn();
      this.newest = { position: writer.lastPosition, createdMs };
      this.signal.emit(writer.touched);
    }
    return outcomes;
  }

  private assertOpen(): void {
    if (this.closed) throw new StorageUnavailableError('The event store is stopping.');
  }
}

function newestOf({ events }: Tables): { position: number; createdMs: number } {
  const [newest] = events.getRange({ reverse: true, limit: 1 });
  if (!newest) return { position: 0, createdMs: 0 };
  // The ticks are longer than a number can hold exactly; their last four digits are below a millisecond.
  return { position: readNumber(newest.key), createdMs: Number(readHeader(newest.value).createdTicks.slice(0, -4)) };
}
