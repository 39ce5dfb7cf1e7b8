import type pg from 'pg';
import type { EventStore, Position } from '#event-store';
import { licenseStreamPrefix } from '#license';
import { CheckpointStore, ParkingStore, type ParkedStream } from '#projection-engine';
import { ledgerProjectionName, projectedPrefixes, uuid } from '../ledger/ledger-projection.js';
import { ledgerSchemas, type LedgerSchema } from './schemas.js';

/** How far one schema's rows have come. */
export interface SchemaStatus extends LedgerSchema {
  readonly position: Position | 'start';
  /** Whether it has ever held all that the log had. */
  readonly complete: boolean;
  readonly waiting: Waiting;
  readonly parkedStreams: number;
}

/** Events of the ledger that are recorded and not projected. */
export interface Waiting {
  /** At most `waitingMax`; then there may be more. */
  readonly events: number;
  /** Age of the oldest; 0 when there is none. */
  readonly lagMs: number;
}

/** A parked stream, with the domain of its license where it is one that has a row. */
export interface ParkedLicense extends ParkedStream {
  readonly domain: string | null;
}

export const waitingMax = 10_000;

/** The state of every schema of the read model. @throws what the event store or the database throws */
export async function readModelStatus(pool: pg.Pool, store: EventStore, nowMs: number): Promise<SchemaStatus[]> {
  const statuses: SchemaStatus[] = [];
  for (const schema of await ledgerSchemas(pool)) {
    const checkpoints = new CheckpointStore(schema.name, ledgerProjectionName);
    const position = (await checkpoints.read(pool))?.position ?? 'start';
    statuses.push({
      ...schema,
      position,
      complete: await checkpoints.isComplete(pool),
      waiting: await waitingAfter(store, position, nowMs),
      parkedStreams: (await new ParkingStore(schema.name).streams(pool)).size,
    });
  }
  return statuses;
}

/** The parked streams of a schema in the order in which they were parked. */
export async function parkedLicenses(pool: pg.Pool, schema: string, limit: number): Promise<ParkedLicense[]> {
  const parked = await new ParkingStore(schema).list(pool, limit);
  const { rows } = await pool.query<{ stream: string; domain: string }>(
    `SELECT $2 || license_id AS stream, domain FROM ${schema}.licenses WHERE license_id = ANY ($1::uuid[])`,
    [parked.flatMap(({ stream }) => licenseIdIn(stream)), licenseStreamPrefix],
  );
  const domains = new Map(rows.map(({ stream, domain }) => [stream, domain]));
  return parked.map((each) => ({ ...each, domain: domains.get(each.stream) ?? null }));
}

function licenseIdIn(stream: string): string[] {
  const licenseId = stream.startsWith(licenseStreamPrefix) ? stream.slice(licenseStreamPrefix.length) : '';
  return uuid.test(licenseId) ? [licenseId] : [];
}

async function waitingAfter(store: EventStore, after: Position | 'start', nowMs: number): Promise<Waiting> {
  let events = 0;
  let oldestMs = nowMs;
  for await (const { recordedAt } of store.readAll({ after, prefixes: projectedPrefixes, maxCount: waitingMax })) {
    if (events === 0) oldestMs = recordedAt.getTime();
    events += 1;
  }
  return { events, lagMs: Math.max(0, nowMs - oldestMs) };
}
