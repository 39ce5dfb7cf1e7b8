import type { Migration } from '#projection-engine';

export const serviceKeysTable: Migration = {
  name: '0005-service-keys',
  sql: `
    -- Keys of programs. No event tells them: they are about who may come, not about the ledger.
    CREATE TABLE service_keys (
      key_id uuid PRIMARY KEY,
      name text NOT NULL,
      role text NOT NULL,
      -- Of which instance, for the role helpdesk.
      domain text,
      -- SHA-256 of the secret: 32 bytes that nobody could guess need no slow hash.
      secret_hash bytea NOT NULL,
      -- What was asked for: the same request gets the same key again, another one under its idempotency key is refused.
      request_hash text NOT NULL,
      created_at timestamptz NOT NULL,
      created_by text NOT NULL,
      revoked_at timestamptz,
      revoked_by text,
      -- To the minute.
      last_used_at timestamptz
    );
    CREATE INDEX service_keys_by_age ON service_keys (created_at, key_id);
  `,
};
