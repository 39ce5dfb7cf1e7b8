import type { Propagation } from '#contracts';
import { fields, type CsvTable } from '#documents';

export const propagationsCsv: CsvTable<Propagation> = {
  name: 'propagations',
  columns: fields<Propagation>(
    'changeId',
    'licenseId',
    'kind',
    'status',
    'late',
    'requestedAt',
    'deadline',
    'propagatedAt',
    'attempts',
    'lastError',
    'revision',
  ),
};
