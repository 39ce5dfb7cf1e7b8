import type { AuditEntry } from '#contracts';
import { column, csvTable, fields } from '#documents';

export const auditCsv = csvTable<AuditEntry>('audit', [
  ...fields<AuditEntry>('recordedAt', 'effectiveAt', 'type', 'licenseId'),
  column('actorId', ({ actor }) => actor.id),
  column('actorRole', ({ actor }) => actor.role),
  ...fields<AuditEntry>('client', 'requestId'),
  column('eventId', ({ event }) => event.id),
  column('eventStream', ({ event }) => event.stream),
  column('eventRevision', ({ event }) => event.revision),
]);
