import type { KeptPerson, StaffMember } from '#license';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const staffColumns = {
  license_id: 'uuid',
  staff_id: 'text',
  role: 'text',
  status: 'text',
  person: 'json?',
} as const satisfies Columns;

export interface StaffTable extends Omit<RowOf<typeof staffColumns>, 'role' | 'status' | 'person'> {
  readonly role: StaffMember['role'];
  readonly status: StaffMember['status'];
  /** As the event has it: it is opened when it is shown. `null` when it was erased. */
  readonly person: KeptPerson | null;
}

export const staffTable: Migration = {
  name: '0002-staff',
  sql: `
    CREATE TABLE staff (
      license_id uuid NOT NULL,
      staff_id text COLLATE "C" NOT NULL,
      email text NOT NULL,
      name text NOT NULL,
      role text NOT NULL,
      status text NOT NULL,
      PRIMARY KEY (license_id, staff_id)
    );
    CREATE INDEX staff_by_status ON staff (license_id, status, staff_id);
  `,
};

export const staffPersonColumn: Migration = {
  name: '0014-staff-person',
  sql: `
    ALTER TABLE staff DROP COLUMN email, DROP COLUMN name;
    -- Sealed as the event has it, so that no copy of this table outlives an erasure; NULL once it was erased.
    ALTER TABLE staff ADD COLUMN person json;
  `,
};
