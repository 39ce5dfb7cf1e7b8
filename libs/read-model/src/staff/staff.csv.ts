import type { Staff } from '#contracts';
import { csvTable, fields } from '#documents';

export const staffCsv = csvTable<Staff>(
  'staff',
  fields<Staff>('licenseId', 'staffId', 'email', 'name', 'role', 'status'),
);
