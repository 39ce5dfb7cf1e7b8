import type { StaffMember } from '#license';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const staffColumns = {
  license_id: 'uuid',
  staff_id: 'text',
  email: 'text',
  name: 'text',
  role: 'text',
  status: 'text',
} as const satisfies Columns;

export interface StaffTable extends Omit<RowOf<typeof staffColumns>, 'role' | 'status'> {
  readonly role: StaffMember['role'];
  readonly status: StaffMember['status'];
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
