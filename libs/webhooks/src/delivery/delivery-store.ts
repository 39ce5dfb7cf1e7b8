import type { Place } from '#feed';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { inTransaction } from '#projection-engine';
import { operationsSchema } from '#read-model';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { DeliveryLimits } from './delivery-limits.js';
import type { Line } from './line.js';
import { formatPlace, parsePlace } from './place.js';
import type { DeliveryAttempt } from '#contracts';

const cursors = `${operationsSchema}.webhook_cursors`;
const lines = `${operationsSchema}.webhook_lines`;
const attemptsTable = `${operationsSchema}.webhook_attempts`;

/** Another worker delivers to the endpoint now. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Opened {
  readonly holder: string;
  readonly cursor: Place;
  readonly failures: number;
  readonly lines: readonly Line[];
}

/** What came of a stretch of deliveries, to be written in one transaction. */
export interface Progress {
  readonly cursor: Place;
  readonly failures: number;
  readonly changedLines: readonly Line[];
  readonly endedLines: readonly string[];
  readonly attempts: readonly DeliveryAttempt[];
}

interface LineRow {
  license_id: string;
  next_revision: string;
  since: string;
  attempts: number;
  first_failed_at: string | null;
  next_attempt_at: string;
  last_error: string | null;
}

/** How far each endpoint has come, and who delivers to it. By the database's own clock: a lease is about processes. */
@Injectable()
export class DeliveryStore {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** Takes the endpoint for this worker; null while another one has it. */
  async open(endpointId: string, endpoint: Endpoint, now: string, { leaseMs }: DeliveryLimits): Promise<Opened | null> {
    const holder = randomUUID();
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ cursor: string; era: number; failures: number }>(
        `INSERT INTO ${cursors} AS kept (endpoint_id, cursor, era, holder, until)
         VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
         ON CONFLICT (endpoint_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
         WHERE kept.until <= now()
         RETURNING cursor, era, failures`,
        [endpointId, endpoint.after, endpoint.era, holder, leaseMs],
      );
      const [row] = rows;
      if (row === undefined) return null;
      if (row.era < endpoint.era) return this.#beginAnew(client, endpointId, endpoint, row, holder, now);
      const kept = await this.#lines(client, endpointId);
      return { holder, cursor: parsePlace(row.cursor), failures: row.failures, lines: kept };
    });
  }

  /** Enabled: what waits is tried at once. Replayed: from the position that was asked for, whatever waits. */
  async #beginAnew(
    client: pg.PoolClient,
    endpointId: string,
    { era, replayEra, after }: Endpoint,
    row: { cursor: string; era: number },
    holder: string,
    now: string,
  ): Promise<Opened> {
    const isReplayed = replayEra > row.era;
    const cursor = isReplayed ? after : row.cursor;
    const sql = `UPDATE ${cursors} SET era = $2, cursor = $3, failures = 0 WHERE endpoint_id = $1`;
    await client.query(sql, [endpointId, era, cursor]);
    if (isReplayed) await client.query(`DELETE FROM ${lines} WHERE endpoint_id = $1`, [endpointId]);
    const again = `UPDATE ${lines} SET attempts = 0, first_failed_at = NULL, next_attempt_at = $2 WHERE endpoint_id = $1`;
    await client.query(again, [endpointId, now]);
    return { holder, cursor: parsePlace(cursor), failures: 0, lines: await this.#lines(client, endpointId) };
  }

  /** Writes what was done, and keeps the endpoint for another while. @throws LeaseLost */
  async write(endpointId: string, holder: string, progress: Progress, { leaseMs }: DeliveryLimits): Promise<void> {
    const { cursor, failures, changedLines, endedLines, attempts } = progress;
    await inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE ${cursors} SET cursor = $3, failures = $4, until = now() + $5 * interval '1 millisecond'
         WHERE endpoint_id = $1 AND holder = $2`,
        [endpointId, holder, formatPlace(cursor), failures, leaseMs],
      );
      if (rowCount !== 1) throw new LeaseLost(`another worker delivers to ${endpointId}`);
      if (endedLines.length > 0) {
        const sql = `DELETE FROM ${lines} WHERE endpoint_id = $1 AND license_id = ANY ($2::uuid[])`;
        await client.query(sql, [endpointId, endedLines]);
      }
      if (changedLines.length > 0) await this.#writeLines(client, endpointId, changedLines);
      if (attempts.length > 0) await this.#writeAttempts(client, endpointId, attempts);
    });
  }

  /** Gives the endpoint back. Never throws: a lease that could not be given back ends by itself. */
  async release(endpointId: string, holder: string): Promise<void> {
    const sql = `UPDATE ${cursors} SET until = now() WHERE endpoint_id = $1 AND holder = $2`;
    await this.pool.query(sql, [endpointId, holder]).catch(() => undefined);
  }

  /** Keeps the newest attempts alone. */
  async prune(endpointId: string, kept: number): Promise<void> {
    await this.pool.query(
      `DELETE FROM ${attemptsTable} WHERE endpoint_id = $1 AND attempt_id <= (
         SELECT attempt_id FROM ${attemptsTable} WHERE endpoint_id = $1 ORDER BY attempt_id DESC OFFSET $2 LIMIT 1)`,
      [endpointId, kept],
    );
  }

  /** Nothing of the endpoint is kept. */
  async forget(endpointId: string): Promise<void> {
    for (const table of [lines, attemptsTable, cursors]) {
      await this.pool.query(`DELETE FROM ${table} WHERE endpoint_id = $1`, [endpointId]);
    }
  }

  /** One attempt outside the order, as a test is. */
  async noteAttempt(endpointId: string, attempt: DeliveryAttempt): Promise<void> {
    await this.#writeAttempts(this.pool, endpointId, [attempt]);
  }

  async #lines(client: pg.PoolClient, endpointId: string): Promise<Line[]> {
    const { rows } = await client.query<LineRow>(`SELECT * FROM ${lines} WHERE endpoint_id = $1`, [endpointId]);
    return rows.map((row) => ({
      licenseId: row.license_id,
      next: BigInt(row.next_revision),
      since: parsePlace(row.since),
      attempts: row.attempts,
      firstFailedAtMs: row.first_failed_at === null ? null : Date.parse(row.first_failed_at),
      nextAttemptAtMs: Date.parse(row.next_attempt_at),
      lastError: row.last_error,
      skippedTo: -1n,
    }));
  }

  async #writeLines(client: pg.PoolClient, endpointId: string, changed: readonly Line[]): Promise<void> {
    await client.query(
      `INSERT INTO ${lines} (endpoint_id, license_id, next_revision, since, attempts, first_failed_at, next_attempt_at, last_error)
       SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[], $8::text[])
       ON CONFLICT (endpoint_id, license_id) DO UPDATE SET
         next_revision = excluded.next_revision, since = excluded.since, attempts = excluded.attempts,
         first_failed_at = excluded.first_failed_at, next_attempt_at = excluded.next_attempt_at,
         last_error = excluded.last_error`,
      [
        endpointId,
        changed.map(({ licenseId }) => licenseId),
        changed.map(({ next }) => next.toString()),
        changed.map(({ since }) => formatPlace(since)),
        changed.map(({ attempts }) => attempts),
        changed.map(({ firstFailedAtMs }) => firstFailedAtMs && new Date(firstFailedAtMs).toISOString()),
        changed.map(({ nextAttemptAtMs }) => new Date(nextAttemptAtMs).toISOString()),
        changed.map(({ lastError }) => lastError),
      ],
    );
  }

  async #writeAttempts(
    client: pg.Pool | pg.PoolClient,
    endpointId: string,
    made: readonly DeliveryAttempt[],
  ): Promise<void> {
    await client.query(
      `INSERT INTO ${attemptsTable} (endpoint_id, event_id, event_type, license_id, sequence, attempt, started_at,
         duration_ms, outcome, status, reason, response)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::int[], $7::timestamptz[],
         $8::int[], $9::text[], $10::int[], $11::text[], $12::text[])`,
      [
        endpointId,
        made.map(({ eventId }) => eventId),
        made.map(({ eventType }) => eventType),
        made.map(({ licenseId }) => licenseId),
        made.map(({ sequence }) => sequence),
        made.map(({ attempt }) => attempt),
        made.map(({ startedAt }) => startedAt),
        made.map(({ durationMs }) => durationMs),
        made.map(({ outcome }) => outcome),
        made.map(({ status }) => status),
        made.map(({ reason }) => reason),
        made.map(({ response }) => response),
      ],
    );
  }
}
