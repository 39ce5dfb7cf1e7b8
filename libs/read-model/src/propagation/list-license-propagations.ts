import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, Propagation } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { ReadModel } from '../read-model.js';
import type { PropagationsRequest } from './list-propagations.request.dto.js';
import { propagationsAnswer } from './propagation-answer.js';

export class ListLicensePropagations extends Query<List<Propagation>> {
  constructor(
    readonly licenseId: string,
    readonly request: PropagationsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byRevision = keysetCursor({ revision: 'integer' });

@QueryHandler(ListLicensePropagations)
export class ListLicensePropagationsHandler implements IQueryHandler<ListLicensePropagations> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ licenseId, request, principal }: ListLicensePropagations): Promise<List<Propagation>> {
    const { limit, cursor, status } = request;
    await this.readModel.license(licenseId, principal);
    let query = this.readModel.db
      .selectFrom('propagations')
      .selectAll()
      .where('license_id', '=', licenseId)
      .orderBy('revision')
      .limit(limit + 1);
    if (status !== undefined) query = query.where('status', '=', status);
    if (cursor !== undefined) query = query.where('revision', '>', byRevision.decode(cursor).revision);
    const page = pageOf(await query.execute(), limit, byRevision, (row) => row);
    return propagationsAnswer(this.readModel.db, page);
  }
}
