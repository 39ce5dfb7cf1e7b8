import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Delivery, List, WaitingDelivery } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { operationsSchema } from '#read-model';
import type { ListDeliveriesRequest } from './list-deliveries.request.dto.js';

interface AttemptRow {
  attempt_id: string;
  event_id: string;
  event_type: string;
  license_id: string | null;
  sequence: string | null;
  attempt: number;
  started_at: string;
  duration_ms: number;
  outcome: 'delivered' | 'failed';
  status: number | null;
  reason: string | null;
  response: string | null;
}

const newestFirst = keysetCursor({ deliveryId: 'digits' });
const waitingMax = 100;

/** What was sent to an endpoint, and what waits. */
@Injectable()
export class Deliveries {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  async list(webhookId: string, { limit, cursor, outcome }: ListDeliveriesRequest): Promise<List<Delivery>> {
    const before = cursor === undefined ? null : newestFirst.decode(cursor).deliveryId;
    const { rows } = await this.pool.query<AttemptRow>(
      `SELECT * FROM ${operationsSchema}.webhook_attempts
       WHERE endpoint_id = $1 AND ($2::bigint IS NULL OR attempt_id < $2) AND ($3::text IS NULL OR outcome = $3)
       ORDER BY attempt_id DESC LIMIT $4`,
      [webhookId, before, outcome ?? null, limit + 1],
    );
    return pageOf(rows.map(deliveryAnswer), limit, newestFirst, ({ deliveryId }) => ({ deliveryId }));
  }

  /** Those that have waited longest, and how many there are. */
  async waiting(webhookId: string): Promise<{ count: number; items: WaitingDelivery[] }> {
    const { rows } = await this.pool.query<{
      license_id: string;
      next_revision: string;
      attempts: number;
      first_failed_at: string | null;
      next_attempt_at: string;
      last_error: string | null;
      count: number;
    }>(
      `SELECT *, count(*) OVER ()::int AS count FROM ${operationsSchema}.webhook_lines WHERE endpoint_id = $1
       ORDER BY first_failed_at NULLS LAST, license_id LIMIT ${waitingMax}`,
      [webhookId],
    );
    const items = rows.map((row) => ({
      licenseId: row.license_id,
      sequence: Number(row.next_revision) + 1,
      attempts: row.attempts,
      firstFailedAt: row.first_failed_at,
      nextAttemptAt: row.next_attempt_at,
      lastError: row.last_error,
    }));
    return { count: rows[0]?.count ?? 0, items };
  }
}

function deliveryAnswer(row: AttemptRow): Delivery {
  return {
    deliveryId: row.attempt_id,
    eventId: row.event_id,
    eventType: row.event_type,
    licenseId: row.license_id,
    sequence: row.sequence === null ? null : Number(row.sequence),
    attempt: row.attempt,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    outcome: row.outcome,
    status: row.status,
    reason: row.reason,
    response: row.response,
  };
}
