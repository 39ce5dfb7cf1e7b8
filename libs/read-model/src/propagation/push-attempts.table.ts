import type { Columns, Migration, RowOf } from '#projection-engine';

export const pushAttemptColumns = {
  change_id: 'uuid',
  license_id: 'uuid',
  attempts: 'int4',
  last_error: 'text?',
  next_attempt_at: 'timestamptz?',
} as const satisfies Columns;

export const pushRetriesColumn: Migration = {
  name: '0003-push-retries',
  sql: `
    -- The request that asked last for an attempt at this change: when it is sent again, it asks for nothing more.
    ALTER TABLE push_attempts ADD COLUMN asked_by uuid;
  `,
};

export type PushAttemptsTable = RowOf<typeof pushAttemptColumns>;

export const pushAttemptsTable: Migration = {
  name: '0001-push-attempts',
  sql: `
    -- What was done to bring a change to its instance. Workers write it as they go, no event tells it: a change
    -- without a row has had no attempt and is due for one.
    CREATE TABLE push_attempts (
      change_id uuid PRIMARY KEY,
      license_id uuid NOT NULL,
      attempts integer NOT NULL,
      last_error text,
      -- NULL: none, until somebody asks for it.
      next_attempt_at timestamptz
    );
    CREATE INDEX push_attempts_by_license ON push_attempts (license_id);
    CREATE INDEX push_attempts_next ON push_attempts (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  `,
};

export const pushLeasesTable: Migration = {
  name: '0002-push-leases',
  sql: `
    -- Who is pushing to a license's instance just now: nobody else does until they are done, or until the time is over.
    CREATE TABLE push_leases (
      license_id uuid PRIMARY KEY,
      holder uuid NOT NULL,
      until timestamptz NOT NULL
    );
  `,
};
