import type { Columns, Migration, RowOf } from '#projection-engine';

export const openGrantColumns = {
  license_id: 'uuid',
  entry_id: 'text',
  currency: 'text',
  remaining_minor: 'int8',
} as const satisfies Columns;

export interface OpenGrantsTable extends Omit<RowOf<typeof openGrantColumns>, 'remaining_minor'> {
  readonly remaining_minor: number;
  readonly granted_at: string;
}

export const openGrantsTable: Migration = {
  name: '0010-open-grants',
  sql: `
    -- What is left of each grant of credit: together a license's balance. A grant that is used up has no row.
    CREATE TABLE open_grants (
      license_id uuid NOT NULL,
      entry_id text COLLATE "C" NOT NULL,
      currency text NOT NULL,
      remaining_minor bigint NOT NULL,
      -- When its entry counts.
      granted_at timestamptz NOT NULL,
      PRIMARY KEY (license_id, entry_id)
    );
    CREATE INDEX open_grants_by_age ON open_grants (currency, granted_at) INCLUDE (remaining_minor);
    CREATE UNIQUE INDEX credit_entries_by_id ON credit_entries (license_id, entry_id);
  `,
};
