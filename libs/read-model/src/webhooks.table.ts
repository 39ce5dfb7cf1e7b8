import type { Migration } from '#projection-engine';

export const webhookTables: Migration = {
  name: '0004-webhooks',
  sql: `
    -- The endpoints as their events have them, so that they can be listed and shared among workers.
    CREATE TABLE webhook_endpoints (
      endpoint_id uuid PRIMARY KEY,
      owner text NOT NULL,
      status text NOT NULL,
      revision bigint NOT NULL,
      endpoint jsonb NOT NULL
    );
    CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints (owner);
    -- How far the register has followed the log; one row.
    CREATE TABLE webhook_register (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), position text NOT NULL);
    -- How far each endpoint has come: all up to the cursor was delivered or left out by its filter, or belongs to a
    -- license that waits. The holder alone delivers, until its time is over.
    CREATE TABLE webhook_cursors (
      endpoint_id uuid PRIMARY KEY,
      cursor text NOT NULL,
      era integer NOT NULL,
      failures integer NOT NULL DEFAULT 0,
      holder uuid,
      until timestamptz NOT NULL DEFAULT now()
    );
    -- A license whose next event could not be delivered: its later events wait behind it.
    CREATE TABLE webhook_lines (
      endpoint_id uuid NOT NULL,
      license_id uuid NOT NULL,
      next_revision bigint NOT NULL,
      -- Reading the log behind this position meets the event that is waited for.
      since text NOT NULL,
      attempts integer NOT NULL,
      first_failed_at timestamptz,
      next_attempt_at timestamptz NOT NULL,
      last_error text,
      PRIMARY KEY (endpoint_id, license_id)
    );
    CREATE TABLE webhook_attempts (
      attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      endpoint_id uuid NOT NULL,
      event_id text NOT NULL,
      event_type text NOT NULL,
      license_id uuid,
      sequence bigint,
      attempt integer NOT NULL,
      started_at timestamptz NOT NULL,
      duration_ms integer NOT NULL,
      outcome text NOT NULL,
      status integer,
      reason text,
      response text
    );
    CREATE INDEX webhook_attempts_by_endpoint ON webhook_attempts (endpoint_id, attempt_id);
  `,
};
