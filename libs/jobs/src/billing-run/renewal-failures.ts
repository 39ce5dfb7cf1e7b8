import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import type { Instant } from '#calendar';
import { licenseStreamPrefix } from '#license';
import { ledgerSchema } from '#read-model';
import { JobQueues } from '../queues/job-queues.js';
import type { RenewalFailure } from '#contracts';

interface DueRow {
  readonly license_id: string;
  readonly due_at: Instant;
  readonly reason: string;
}

const licenses = `${ledgerSchema}.licenses`;
const parked = `${ledgerSchema}.parked_streams`;

/** Which of the jobs that were given up are about something that is due still: the license may have been touched since. */
const stillDue = `
  SELECT license_id, next_due_at AS due_at, reason
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS failed (license_id, next_due_at, reason)
  JOIN ${licenses} USING (license_id, next_due_at)
  ORDER BY due_at, license_id`;

/** Nobody knows by its row whether such a license was renewed. A parked stream may have any name. */
const standingStill = `
  SELECT license_id, next_due_at AS due_at, reason
  FROM (SELECT CASE WHEN stream ~ '^${licenseStreamPrefix}[0-9a-f-]{36}$' THEN right(stream, 36)::uuid END AS license_id, reason
        FROM ${parked}) AS stuck
  JOIN ${licenses} USING (license_id)
  WHERE next_due_at <= $1
  ORDER BY due_at, license_id`;

/** The licenses that do not get done, and why. */
@Injectable()
export class RenewalFailures {
  private readonly logger = new Logger(RenewalFailures.name);

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly queues: JobQueues,
  ) {}

  /** Those that are due at `until`: given up by the workers, or not shown as they are, as their rows stand still. */
  async of(until: Instant): Promise<readonly RenewalFailure[]> {
    const [givenUp, still] = await Promise.all([
      this.#givenUp(until),
      this.pool.query<DueRow>(standingStill, [until]).then(({ rows }) => rows),
    ]);
    const known = new Set(givenUp.map(({ license_id }) => license_id));
    return [...givenUp, ...still.filter(({ license_id }) => !known.has(license_id))].map((row) => ({
      licenseId: row.license_id,
      dueAt: row.due_at,
      reason: row.reason,
    }));
  }

  async #givenUp(until: Instant): Promise<readonly DueRow[]> {
    const failed = (await this.#failedJobs()).filter(({ data }) => data.dueAt <= until);
    if (failed.length === 0) return [];
    const { rows } = await this.pool.query<DueRow>(stillDue, [
      failed.map(({ data }) => data.licenseId),
      failed.map(({ data }) => data.dueAt),
      failed.map(({ failedReason }) => failedReason),
    ]);
    return rows;
  }

  async #failedJobs() {
    try {
      const { failed } = await this.queues.counts('renewal');
      return failed === 0 ? [] : await this.queues.failed('renewal');
    } catch (error) {
      this.logger.warn(`Without Redis nobody knows which licenses failed: ${String(error)}`);
      return [];
    }
  }
}
