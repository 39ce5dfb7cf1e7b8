import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, Staff } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { Persons, shownPerson } from '#personal-data';
import { ReadModel } from '../read-model.js';
import type { StaffTable } from './staff.table.js';
import type { ListStaffRequest } from './list-staff.request.dto.js';

export class ListStaff extends Query<List<Staff>> {
  constructor(
    readonly licenseId: string,
    readonly request: ListStaffRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byId = keysetCursor({ staff_id: 'string' });

@QueryHandler(ListStaff)
export class ListStaffHandler implements IQueryHandler<ListStaff> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly persons: Persons,
  ) {}

  async execute({ licenseId, request, principal }: ListStaff): Promise<List<Staff>> {
    const { limit, cursor, status } = request;
    await this.readModel.license(licenseId, principal);
    let query = this.readModel.db
      .selectFrom('staff')
      .selectAll()
      .where('license_id', '=', licenseId)
      .orderBy('staff_id')
      .limit(limit + 1);
    if (status !== undefined) query = query.where('status', '=', status);
    if (cursor !== undefined) query = query.where('staff_id', '>', byId.decode(cursor).staff_id);
    const { items, nextCursor } = pageOf(await query.execute(), limit, byId, (row) => row);
    return { items: await Promise.all(items.map((row) => this.#shown(row))), nextCursor };
  }

  async #shown({ staff_id: staffId, license_id: licenseId, person, role, status }: StaffTable): Promise<Staff> {
    return { staffId, licenseId, ...shownPerson(await this.persons.open(licenseId, staffId, person)), role, status };
  }
}
