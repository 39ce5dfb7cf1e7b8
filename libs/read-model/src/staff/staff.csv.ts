import type { Staff } from '#contracts';
import { fields, type CsvTable } from '#documents';

export const staffCsv: CsvTable<Staff> = {
  name: 'staff',
  columns: fields<Staff>('licenseId', 'staffId', 'email', 'name', 'role', 'status'),
};
