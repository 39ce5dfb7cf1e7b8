import type { RecordedEvent } from '#event-store';
import { decodePropagationEvent, propagationStreamPrefix, type LicenseEvent } from '#license';
import type { Check } from './account.js';
import type { Row } from './rows.js';

const deadlineHours = 24;

interface Propagation {
  readonly change_id: string;
  readonly license_id: string;
  readonly revision: number;
  readonly kind: string;
  readonly requested_at: string;
  readonly deadline: string;
  status: 'pending' | 'propagated' | 'overdue';
  late: boolean;
  propagated_at: string | null;
  propagated_recorded_at: string | null;
  contact: string | null;
}

/** The changes of a license's entitlement, and what became of each. */
export class PropagationRows {
  readonly #rows = new Map<string, Propagation>();

  get rows(): Row[] {
    return [...this.#rows.values()].map((row) => ({ ...row }));
  }

  open(licenseId: string, { type, data }: LicenseEvent, revision: number): void {
    if (!('changeId' in data)) return;
    const deadline = new Date(Date.parse(data.effectiveAt) + deadlineHours * 3_600_000).toISOString();
    this.#rows.set(data.changeId, {
      ...{ change_id: data.changeId, license_id: licenseId, revision, kind: type },
      ...{ requested_at: data.effectiveAt, deadline },
      ...{ status: 'pending', late: false, propagated_at: null, propagated_recorded_at: null, contact: null },
    });
  }

  take({ stream, type, data, metadata, recordedAt }: RecordedEvent, check: Check): void {
    const event = decodePropagationEvent({ type, version: metadata.schemaVersion, data });
    const { changeId, licenseId, effectiveAt } = event.data;
    check('changeId', stream.slice(propagationStreamPrefix.length), changeId);
    const row = this.#rows.get(changeId);
    if (row === undefined) return check('changeId is a change of the license', true, false);
    check('licenseId', row.license_id, licenseId);
    if (event.type === 'ChangePropagated') {
      check('acknowledgedRevision covers the change', true, event.data.acknowledgedRevision >= row.revision);
      check('late', effectiveAt >= row.deadline, event.data.late);
      check('propagated before', false, row.status === 'propagated');
      const propagated_recorded_at = recordedAt.toISOString();
      const { late } = event.data;
      Object.assign(row, { status: 'propagated', late, propagated_at: effectiveAt, propagated_recorded_at });
    } else {
      check('deadline', row.deadline, event.data.deadline);
      check('effectiveAt', row.deadline, effectiveAt);
      check('the status before', 'pending', row.status);
      Object.assign(row, { status: 'overdue', contact: event.data.contact });
    }
  }
}
