import type { Columns, Migration, RowOf } from '#projection-engine';

export const auditColumns = {
  event_id: 'uuid',
  stream: 'text',
  revision: 'int8',
  log_position: 'int8',
  type: 'text',
  license_id: 'uuid?',
  actor_id: 'text',
  actor_role: 'text',
  client: 'text?',
  request_id: 'text?',
  recorded_at: 'timestamptz',
  effective_at: 'timestamptz?',
} as const satisfies Columns;

type Integers = 'revision' | 'log_position';

export interface AuditTable extends Omit<RowOf<typeof auditColumns>, Integers>, Readonly<Record<Integers, number>> {}

export const auditTable: Migration = {
  name: '0013-audit',
  sql: `
    -- Who brought each event about. Rows are added and never change.
    CREATE TABLE audit_entries (
      event_id uuid NOT NULL,
      stream text COLLATE "C" NOT NULL,
      revision bigint NOT NULL,
      -- Where the event stands in the log: it tells events of the same millisecond apart.
      log_position bigint NOT NULL,
      type text COLLATE "C" NOT NULL,
      -- NULL: the event is about no license.
      license_id uuid,
      actor_id text COLLATE "C" NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      -- The program through which the actor came, and the request; NULL where the token or the event names none.
      client text COLLATE "C",
      request_id text COLLATE "C",
      recorded_at timestamptz NOT NULL,
      effective_at timestamptz,
      PRIMARY KEY (recorded_at, log_position)
    );
    CREATE INDEX audit_entries_by_license ON audit_entries (license_id, recorded_at, log_position);
    CREATE INDEX audit_entries_by_type ON audit_entries (type, recorded_at, log_position);
    -- Time itself is the actor of most events, and nobody asks for those by it.
    CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, recorded_at, log_position)
      WHERE actor_role <> 'system';
  `,
};
