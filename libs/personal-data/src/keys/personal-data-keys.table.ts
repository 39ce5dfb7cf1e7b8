import type { Migration } from '#projection-engine';

export const personalDataKeysTable: Migration = {
  name: '0006-personal-data-keys',
  sql: `
    -- The keys under which licenses seal who their staff are. No event tells them: back this table up, and keep its
    -- backups no longer than an erased person may be readable.
    CREATE TABLE personal_data_keys (
      license_id uuid NOT NULL,
      key integer NOT NULL,
      -- Under the master key of the settings; NULL once the key was destroyed.
      wrapped text,
      made_at timestamptz NOT NULL DEFAULT now(),
      destroyed_at timestamptz,
      PRIMARY KEY (license_id, key)
    );
  `,
};
