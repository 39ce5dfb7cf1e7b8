import type { LicenseStatus } from '#contracts';
import type { LicenseState } from '#license';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const licenseColumns = {
  license_id: 'uuid',
  domain: 'text',
  billing_email: 'text',
  status: 'text',
  plan_id: 'text',
  planned_plan_id: 'text?',
  next_due_at: 'timestamptz?',
  revision: 'int8',
  personal_data_key: 'int4',
  state: 'json',
  credit_hash: 'text?',
} as const satisfies Columns;

export interface LicensesTable extends Omit<RowOf<typeof licenseColumns>, 'state' | 'status' | 'revision'> {
  readonly status: LicenseStatus;
  readonly revision: number;
  readonly state: LicenseState;
}

export const licensesTable: Migration = {
  name: '0001-licenses',
  sql: `
    CREATE TABLE licenses (
      license_id uuid PRIMARY KEY,
      -- Belongs to the license alone, as its id is made of it: lists are in its order.
      domain text COLLATE "C" NOT NULL,
      -- In lower case, as tokens have it; how it was written is in the state.
      billing_email text COLLATE "C" NOT NULL,
      status text NOT NULL,
      plan_id text COLLATE "C" NOT NULL,
      planned_plan_id text COLLATE "C",
      -- When something falls due by itself; NULL when nothing does any more.
      next_due_at timestamptz,
      -- Of the newest event that the row holds.
      revision bigint NOT NULL,
      -- The folded state without its staff, which has a table of its own.
      state json NOT NULL,
      -- Of its newest credit entry.
      credit_hash text
    ) WITH (fillfactor = 70); -- Room for the next version of a row beside it, so that its indexes need not be touched.
    CREATE INDEX licenses_by_domain ON licenses (domain);
    CREATE INDEX licenses_by_billing_email ON licenses (billing_email, domain);
    CREATE INDEX licenses_by_status ON licenses (status, domain);
    -- With the id: thousands fall due in the same moment, and are gone through page by page.
    CREATE INDEX licenses_by_next_due_at ON licenses (next_due_at, license_id) WHERE next_due_at IS NOT NULL;
    CREATE INDEX licenses_by_plan ON licenses (plan_id, license_id);
    CREATE INDEX licenses_by_planned_plan ON licenses (planned_plan_id, license_id) WHERE planned_plan_id IS NOT NULL;
  `,
};

export const personalDataKeyColumn: Migration = {
  name: '0015-personal-data-key',
  sql: `
    -- Under which of the license's keys persons are sealed now: the ones before it have been, or are to be, destroyed.
    ALTER TABLE licenses ADD COLUMN personal_data_key integer NOT NULL DEFAULT 1;
    CREATE INDEX licenses_erased ON licenses (license_id) WHERE personal_data_key > 1;
  `,
};
