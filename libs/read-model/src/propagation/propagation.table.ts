import type { Columns, Migration, RowOf } from '#projection-engine';

/** What the change itself decides; the other columns belong to what follows it. */
export const requestedColumns = {
  change_id: 'uuid',
  license_id: 'uuid',
  revision: 'int8',
  kind: 'text',
  requested_at: 'timestamptz',
  deadline: 'timestamptz',
} as const satisfies Columns;

/** What its own stream tells. */
export const outcomeColumns = {
  change_id: 'uuid',
  status: 'text',
  late: 'bool?',
  propagated_at: 'timestamptz?',
  propagated_recorded_at: 'timestamptz?',
  contact: 'text?',
} as const satisfies Columns;

export interface PropagationsTable extends Omit<RowOf<typeof requestedColumns>, 'revision'> {
  readonly revision: number;
  readonly status: 'pending' | 'propagated' | 'overdue';
  readonly late: boolean;
  readonly propagated_at: string | null;
  readonly propagated_recorded_at: string | null;
  readonly contact: string | null;
}

export const propagationsTable: Migration = {
  name: '0006-propagations',
  sql: `
    -- Every change of an entitlement, on its way to the helpdesk instance.
    CREATE TABLE propagations (
      change_id uuid PRIMARY KEY,
      license_id uuid NOT NULL,
      -- Of the license, which the instance has to acknowledge.
      revision bigint NOT NULL,
      kind text NOT NULL,
      status text NOT NULL DEFAULT 'pending',
      late boolean NOT NULL DEFAULT false,
      requested_at timestamptz NOT NULL,
      deadline timestamptz NOT NULL,
      propagated_at timestamptz,
      -- When the acknowledgement was recorded.
      propagated_recorded_at timestamptz,
      -- Whom to turn to about it, once it was overdue.
      contact text
    );
    CREATE INDEX propagations_by_license ON propagations (license_id, status, revision);
    CREATE INDEX propagations_by_time ON propagations (requested_at, change_id);
    CREATE INDEX propagations_unsettled ON propagations (requested_at, change_id) WHERE status <> 'propagated';
    CREATE INDEX propagations_by_deadline ON propagations (deadline, change_id) WHERE status = 'pending';
  `,
};
