import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { formatPosition, parsePosition, type Position } from '#event-store';
import { operationsSchema } from '#read-model';
import type { Endpoint } from './endpoint.js';

const table = `${operationsSchema}.webhook_endpoints`;
const place = `${operationsSchema}.webhook_register`;

export interface RegisteredEndpoint {
  readonly endpointId: string;
  readonly endpoint: Endpoint;
  readonly revision: number;
}

export interface EndpointFilter {
  readonly owner?: string | undefined;
  readonly status?: Endpoint['status'] | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/** The endpoints as rows: what their events say, in a form that can be listed. */
@Injectable()
export class EndpointRegister {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** A row is never put back to an older revision, whoever comes late with it. */
  async save(endpointId: string, endpoint: Endpoint, revision: bigint): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${table} AS kept (endpoint_id, owner, status, revision, endpoint) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (endpoint_id) DO UPDATE SET
         owner = excluded.owner, status = excluded.status, revision = excluded.revision, endpoint = excluded.endpoint
       WHERE kept.revision < excluded.revision`,
      [endpointId, endpoint.owner, endpoint.status, revision, JSON.stringify(endpoint)],
    );
  }

  /** Those that are not deleted, by id. */
  async list({ owner, status, afterId, limit }: EndpointFilter): Promise<RegisteredEndpoint[]> {
    const { rows } = await this.pool.query<{ endpoint_id: string; endpoint: Endpoint; revision: string }>(
      `SELECT endpoint_id, endpoint, revision FROM ${table}
       WHERE status <> 'deleted' AND ($1::text IS NULL OR owner = $1) AND ($2::text IS NULL OR status = $2)
         AND ($3::uuid IS NULL OR endpoint_id > $3)
       ORDER BY endpoint_id LIMIT $4`,
      [owner ?? null, status ?? null, afterId ?? null, limit],
    );
    return rows.map(({ endpoint_id: endpointId, endpoint, revision }) => ({
      endpointId,
      endpoint,
      revision: Number(revision),
    }));
  }

  /** How many there are in each state, and how many licenses wait at them. */
  async counts(): Promise<{ active: number; disabled: number; waiting: number }> {
    const { rows } = await this.pool.query<{ active: number; disabled: number; waiting: number }>(
      `SELECT count(*) FILTER (WHERE status = 'active')::int AS active,
         count(*) FILTER (WHERE status = 'disabled')::int AS disabled,
         (SELECT count(*)::int FROM ${operationsSchema}.webhook_lines) AS waiting
       FROM ${table}`,
    );
    return rows[0] ?? { active: 0, disabled: 0, waiting: 0 };
  }

  async followedTo(): Promise<Position | 'start'> {
    const { rows } = await this.pool.query<{ position: string }>(`SELECT position FROM ${place}`);
    return parsePosition(rows[0]?.position ?? '') ?? 'start';
  }

  async follow(position: Position): Promise<void> {
    const sql = `INSERT INTO ${place} (position) VALUES ($1) ON CONFLICT (only_row) DO UPDATE SET position = excluded.position`;
    await this.pool.query(sql, [formatPosition(position)]);
  }
}
