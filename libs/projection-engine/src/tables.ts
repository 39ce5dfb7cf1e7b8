import type { Migration } from './sql/migrate.js';

/** What the projector itself keeps beside a projection's rows. */
export const projectorTables: Migration = {
  name: '0000-projector',
  sql: `
    -- How far a projection has come. The epoch changes with every write: who holds an older one has been overtaken.
    CREATE TABLE projection_checkpoints (
      projection text PRIMARY KEY,
      commit_position bigint,
      prepare_position bigint,
      epoch bigint NOT NULL DEFAULT 0,
      updated_at timestamptz NOT NULL DEFAULT now(),
      -- When it first held all that the log had: until then what is missing only looks as if it were not there.
      completed_at timestamptz,
      CHECK ((commit_position IS NULL) = (prepare_position IS NULL))
    );

    -- Streams with an event that could not be projected, and why.
    CREATE TABLE parked_streams (
      stream text COLLATE "C" PRIMARY KEY,
      event_id text NOT NULL,
      event_type text NOT NULL,
      revision bigint NOT NULL,
      reason text NOT NULL,
      parked_at timestamptz NOT NULL DEFAULT now()
    );

    -- That event and every later one of its stream, as they were read.
    CREATE TABLE parked_events (
      stream text COLLATE "C" NOT NULL REFERENCES parked_streams ON DELETE CASCADE,
      revision bigint NOT NULL,
      event text NOT NULL,
      PRIMARY KEY (stream, revision)
    );
  `,
};
