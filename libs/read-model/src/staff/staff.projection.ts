import type { StaffMember } from '#license';
import { bulkPatch, bulkUpsert, type Columns, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { staffColumns } from './staff.table.js';

const movedColumns = { license_id: 'uuid', staff_id: 'text', status: 'text' } as const satisfies Columns;

const upsert = bulkUpsert('staff', staffColumns, ['license_id', 'staff_id']);
const patch = bulkPatch('staff', movedColumns, ['license_id', 'staff_id']);

const statusAfter = {
  StaffDisabled: 'disabled',
  StaffEnabled: 'active',
  StaffRemoved: 'removed',
} as const satisfies Record<string, StaffMember['status']>;

/** One row per staff member, the removed ones included. */
export class StaffProjection implements View {
  readonly #added = new Map<string, RowOf<typeof staffColumns>>();
  readonly #erased = new Set<string>();
  readonly #moved = new Map<string, RowOf<typeof movedColumns>>();

  apply({ event, state: { licenseId: license_id } }: LicenseChange): void {
    switch (event.type) {
      case 'StaffAdded': {
        const { staffId: staff_id, person, role } = event.data;
        const row = { license_id, staff_id, role, status: 'active', person: JSON.stringify(person) };
        this.#added.set(`${license_id} ${staff_id}`, row);
        break;
      }
      case 'StaffDisabled':
      case 'StaffEnabled':
      case 'StaffRemoved': {
        const { staffId: staff_id } = event.data;
        const status = statusAfter[event.type];
        this.#moved.set(`${license_id} ${staff_id}`, { license_id, staff_id, status });
        break;
      }
      case 'PersonalDataErased':
        this.#erase(license_id);
        break;
      default:
    }
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    // Before those who came after an erasure are written.
    if (this.#erased.size > 0) {
      const sql = `UPDATE ${schema}.staff SET person = NULL WHERE license_id = ANY ($1::uuid[])`;
      await transaction.query(sql, [[...this.#erased]]);
    }
    await upsert.run(transaction, schema, this.#added.values());
    await patch.run(transaction, schema, this.#moved.values());
  }

  #erase(licenseId: string): void {
    this.#erased.add(licenseId);
    for (const [key, row] of this.#added) {
      if (row.license_id === licenseId) this.#added.set(key, { ...row, person: null });
    }
  }
}
