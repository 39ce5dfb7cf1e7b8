import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Instant } from '#calendar';
import { ledgerSchema, operationsSchema } from '#read-model';
import {
  deadlineOf,
  dueKinds,
  DueWork,
  pushOf,
  renewalOf,
  type DueItem,
  type DueKind,
  type FindOptions,
} from './due-work.js';

interface DueRow {
  readonly key: string;
  readonly license_id: string;
  readonly revision: number;
  readonly due_at: Instant;
}

const { licenses, propagations, attempts } = {
  licenses: `${ledgerSchema}.licenses`,
  propagations: `${ledgerSchema}.propagations`,
  attempts: `${operationsSchema}.push_attempts`,
};

/**
 * Changes that have not arrived, each with when it should be brought next: without an attempt, at once.
 *
 * @param since leaves out changes without an attempt that were requested before: an SQL expression. There are few that
 * are new, and many that were tried and may never arrive, among which the untried would be looked for one by one
 */
const unsettled = (since?: string): string => `
  SELECT p.license_id, p.revision, a.next_attempt_at AS due_at
  FROM ${attempts} a JOIN ${propagations} p USING (change_id)
  WHERE a.next_attempt_at IS NOT NULL AND p.status <> 'propagated'
  UNION ALL
  SELECT p.license_id, p.revision, p.requested_at
  FROM ${propagations} p
  WHERE p.status <> 'propagated' ${since === undefined ? '' : `AND p.requested_at >= ${since}`}
    AND NOT EXISTS (SELECT FROM ${attempts} a WHERE a.change_id = p.change_id)`;

/** $1: due until; `key` orders what is due in the same moment. */
const dueRows: Readonly<Record<DueKind, (since?: string) => string>> = {
  renewal: () =>
    `SELECT license_id AS key, license_id, revision, next_due_at AS due_at FROM ${licenses} WHERE next_due_at <= $1`,
  deadline: () =>
    `SELECT change_id AS key, license_id, revision, deadline AS due_at FROM ${propagations} WHERE status = 'pending' AND deadline <= $1`,
  push: (since) => `
    SELECT license_id AS key, license_id, max(revision) AS revision, min(due_at) AS due_at
    FROM (${unsettled(since)}) AS change WHERE due_at <= $1 GROUP BY license_id`,
};

const dueOfAllKinds = dueKinds
  .map((kind) => `SELECT '${kind}' AS kind, * FROM (${dueRows[kind]()}) AS due_${kind}`)
  .join(' UNION ALL ');

const itemOf: Readonly<Record<DueKind, (row: DueRow) => DueItem>> = {
  renewal: (row) => renewalOf(row.license_id, row.due_at),
  deadline: (row) => deadlineOf(row.key, row.license_id, row.due_at),
  push: (row) => pushOf(row.license_id, row.revision, row.due_at),
};

/** Due work as the read model and the workers' own notes of their attempts know it. */
@Injectable()
export class ProjectedDueWork extends DueWork {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {
    super();
  }

  override async find(
    kind: DueKind,
    until: Instant,
    limit: number,
    { after, changedSince }: FindOptions = {},
  ): Promise<readonly DueItem[]> {
    const values: unknown[] = [until, limit];
    const given = (value: string, type: string): string => `$${values.push(value)}::${type}`;
    const isBounded = kind === 'push' && changedSince !== undefined;
    const due = dueRows[kind](isBounded ? given(changedSince, 'timestamptz') : undefined);
    const behind =
      after === undefined
        ? ''
        : `WHERE (due_at, key) > (${given(after.dueAt, 'timestamptz')}, ${given(after.changeId ?? after.licenseId, 'uuid')})`;
    const { rows } = await this.pool.query<DueRow>(
      `SELECT * FROM (${due}) AS due ${behind} ORDER BY due_at, key LIMIT $2`,
      values,
    );
    return rows.map(itemOf[kind]);
  }

  override async open(until: Instant, limit: number): Promise<readonly DueItem[]> {
    const { rows } = await this.pool.query<DueRow & { readonly kind: DueKind }>(
      `SELECT * FROM (${dueOfAllKinds}) AS due ORDER BY due_at, key LIMIT $2`,
      [until, limit],
    );
    return rows.map((row) => itemOf[row.kind](row));
  }

  override async countRenewals(until: Instant): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      `SELECT count(*) AS count FROM ${licenses} WHERE next_due_at <= $1`,
      [until],
    );
    return rows[0]?.count ?? 0;
  }

  override async nextAfter(moment: Instant): Promise<Instant | null> {
    const { rows } = await this.pool.query<{ next_at: Instant | null }>(
      `SELECT least(
         (SELECT min(next_due_at) FROM ${licenses} WHERE next_due_at > $1),
         (SELECT min(deadline) FROM ${propagations} WHERE status = 'pending' AND deadline > $1),
         (SELECT min(due_at) FROM (${unsettled()}) AS change WHERE due_at > $1)
       ) AS next_at`,
      [moment],
    );
    return rows[0]?.next_at ?? null;
  }
}
