import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Instant } from '#calendar';
import type { EntitlementChange } from '#license';
import { operationsSchema } from '#read-model';

const table = `${operationsSchema}.push_attempts`;

/** What an attempt came to, as operators see it. */
export interface AttemptResult {
  readonly error: string | null;
  /** Null when the ledger has no reason to try again by itself. */
  readonly nextAttemptAt: Instant | null;
}

/** The attempts to bring a change to its instance until now. */
export interface Attempts {
  readonly count: number;
  readonly nextAttemptAt: Instant | null;
}

type Changes = readonly Pick<EntitlementChange, 'changeId' | 'licenseId'>[];

/** Counts the attempts to bring changes to their instances. Losing the rows only makes the next attempts come at once. */
@Injectable()
export class PushAttempts {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** What was done for a change so far; null when nothing was. */
  async of(changeId: string): Promise<Attempts | null> {
    const sql = `SELECT attempts, next_attempt_at FROM ${table} WHERE change_id = $1`;
    const { rows } = await this.pool.query<{ attempts: number; next_attempt_at: Instant | null }>(sql, [changeId]);
    const [row] = rows;
    return row ? { count: row.attempts, nextAttemptAt: row.next_attempt_at } : null;
  }

  /** One more attempt for each of the changes, which one call was to bring. */
  async attempted(changes: Changes, { error, nextAttemptAt }: AttemptResult): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${table} AS kept (change_id, license_id, attempts, last_error, next_attempt_at)
       SELECT change_id, license_id, 1, $3, $4
       FROM unnest($1::uuid[], $2::uuid[]) AS given (change_id, license_id)
       ON CONFLICT (change_id) DO UPDATE SET
         attempts = kept.attempts + 1,
         last_error = excluded.last_error,
         next_attempt_at = excluded.next_attempt_at`,
      [...idsOf(changes), error && shortened(error), nextAttemptAt],
    );
  }

  /** No attempt is to be made: the instance comes for its entitlement itself. What was noted before stays. */
  async leave(changes: Changes): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${table} (change_id, license_id, attempts)
       SELECT change_id, license_id, 0 FROM unnest($1::uuid[], $2::uuid[]) AS given (change_id, license_id)
       ON CONFLICT (change_id) DO UPDATE SET next_attempt_at = NULL`,
      idsOf(changes),
    );
  }

  /** Notes what went wrong without an attempt of ours, such as a wrong acknowledgement. */
  async note(changes: Changes, error: string, now: Instant): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${table} (change_id, license_id, attempts, last_error, next_attempt_at)
       SELECT change_id, license_id, 0, $3, $4 FROM unnest($1::uuid[], $2::uuid[]) AS given (change_id, license_id)
       ON CONFLICT (change_id) DO UPDATE SET last_error = excluded.last_error`,
      [...idsOf(changes), shortened(error), now],
    );
  }

  /**
   * Makes the license's next attempt due: one call brings all of its changes. Once for each request: when its answer is
   * lost and it is sent again, what was attempted meanwhile is not attempted once more.
   */
  async makeDue({ changeId, licenseId }: Changes[number], requestId: string, now: Instant): Promise<void> {
    await this.pool.query(
      `WITH asked AS (
         INSERT INTO ${table} AS kept (change_id, license_id, attempts, next_attempt_at, asked_by)
         VALUES ($1, $2, 0, $4, $3)
         ON CONFLICT (change_id) DO UPDATE SET next_attempt_at = excluded.next_attempt_at, asked_by = excluded.asked_by
         WHERE kept.asked_by IS DISTINCT FROM excluded.asked_by
         RETURNING license_id
       )
       UPDATE ${table} SET next_attempt_at = $4
       WHERE license_id IN (SELECT license_id FROM asked) AND change_id <> $1`,
      [changeId, licenseId, requestId, now],
    );
  }

  /** The instance has these changes: nothing is to be attempted any more. */
  async settled(changes: Changes): Promise<void> {
    const sql = `UPDATE ${table} SET next_attempt_at = NULL WHERE change_id = ANY ($1::uuid[]) AND next_attempt_at IS NOT NULL`;
    await this.pool.query(sql, [changes.map(({ changeId }) => changeId)]);
  }
}

const idsOf = (changes: Changes) => [
  changes.map(({ changeId }) => changeId),
  changes.map(({ licenseId }) => licenseId),
];

const shortened = (error: string): string => error.replaceAll('\0', '').slice(0, 500);
