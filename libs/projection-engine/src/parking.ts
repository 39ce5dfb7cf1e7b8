import type { RecordedEvent } from '#event-store';
import type { FoldFailure } from './projection.js';
import { bulkInsert } from './sql/bulk.js';
import type { Queryable } from './sql/pool.js';

/** A stream that waits for a program that understands it. */
export interface ParkedStream {
  readonly stream: string;
  readonly eventId: string;
  readonly eventType: string;
  /** As text: the revision of a stream's end is beyond what a number holds. */
  readonly revision: string;
  readonly reason: string;
  readonly parkedAt: string;
}

const streamRows = bulkInsert('parked_streams', {
  stream: 'text',
  event_id: 'text',
  event_type: 'text',
  revision: 'int8',
  reason: 'text',
});
const eventRows = bulkInsert('parked_events', { stream: 'text', revision: 'int8', event: 'text' });

/** The events that could not be projected, and every later one of their streams. */
export class ParkingStore {
  constructor(private readonly schema: string) {}

  /** In the order in which they were parked: what waits for another stream comes after it. */
  async streams(db: Queryable): Promise<Set<string>> {
    const { rows } = await db.query<{ stream: string }>(
      `SELECT stream FROM ${this.schema}.parked_streams ORDER BY parked_at, stream`,
    );
    return new Set(rows.map(({ stream }) => stream));
  }

  async list(db: Queryable, limit: number): Promise<ParkedStream[]> {
    const { rows } = await db.query<ParkedStream>(
      `SELECT stream, event_id AS "eventId", event_type AS "eventType", revision::text AS revision, reason, parked_at AS "parkedAt"
       FROM ${this.schema}.parked_streams ORDER BY parked_at, stream LIMIT $1`,
      [limit],
    );
    return rows;
  }

  async park(
    transaction: Queryable,
    failures: readonly FoldFailure[],
    events: readonly RecordedEvent[],
  ): Promise<void> {
    await streamRows.run(transaction, this.schema, failures.map(streamRow));
    await eventRows.run(
      transaction,
      this.schema,
      events.map((event) => ({ stream: event.stream, revision: event.revision, event: encode(event) })),
    );
  }

  /** The parked events of a stream, in their order. */
  async events(db: Queryable, stream: string, limit: number): Promise<RecordedEvent[]> {
    const { rows } = await db.query<{ event: string }>(
      `SELECT event FROM ${this.schema}.parked_events WHERE stream = $1 ORDER BY revision LIMIT $2`,
      [stream, limit],
    );
    return rows.map(({ event }) => decode(event));
  }

  /** Takes out what has been projected after all. Answers whether the stream is free. */
  async release(transaction: Queryable, events: readonly RecordedEvent[]): Promise<boolean> {
    const last = events.at(-1);
    if (last === undefined) return false;
    await transaction.query(`DELETE FROM ${this.schema}.parked_events WHERE stream = $1 AND revision <= $2`, [
      last.stream,
      last.revision.toString(),
    ]);
    const { rowCount } = await transaction.query(
      `DELETE FROM ${this.schema}.parked_streams AS parked WHERE stream = $1
       AND NOT EXISTS (SELECT FROM ${this.schema}.parked_events AS event WHERE event.stream = parked.stream)`,
      [last.stream],
    );
    return rowCount === 1;
  }

  /** Says anew at which event a parked stream stands, and why. */
  async restate(db: Queryable, { event, reason }: FoldFailure): Promise<void> {
    await db.query(
      `UPDATE ${this.schema}.parked_streams SET event_id = $2, event_type = $3, revision = $4, reason = $5
       WHERE stream = $1`,
      [event.stream, event.id, event.type, event.revision.toString(), reason],
    );
  }
}

function streamRow({ event, reason }: FoldFailure) {
  return {
    stream: event.stream,
    event_id: event.id,
    event_type: event.type,
    revision: event.revision,
    // What can't be stored is often the very text that the reason quotes.
    reason: reason.replaceAll('\0', '\\0').slice(0, 2_000),
  };
}

function encode(event: RecordedEvent): string {
  const { revision, position, ...rest } = event;
  const { commit, prepare } = position;
  return JSON.stringify({ ...rest, revision: `${revision}`, position: { commit: `${commit}`, prepare: `${prepare}` } });
}

function decode(text: string): RecordedEvent {
  const stored = JSON.parse(text) as Omit<RecordedEvent, 'revision' | 'position' | 'recordedAt'> & {
    readonly revision: string;
    readonly recordedAt: string;
    readonly position: { readonly commit: string; readonly prepare: string };
  };
  return {
    ...stored,
    revision: BigInt(stored.revision),
    recordedAt: new Date(stored.recordedAt),
    position: { commit: BigInt(stored.position.commit), prepare: BigInt(stored.position.prepare) },
  };
}
