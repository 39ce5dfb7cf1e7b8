import type { Propagation } from '#contracts';
import { csvTable, fields } from '#documents';

export const propagationsCsv = csvTable<Propagation>(
  'propagations',
  fields<Propagation>(
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
);
