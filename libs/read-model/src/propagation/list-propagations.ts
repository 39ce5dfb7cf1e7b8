import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, Propagation } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { ReadModel } from '../read-model.js';
import { propagationsAnswer } from './propagation-answer.js';
import type { ListPropagationsRequest } from './list-propagations.request.dto.js';

export class ListPropagations extends Query<List<Propagation>> {
  constructor(
    readonly request: ListPropagationsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byTime = keysetCursor({ requestedAt: 'instant', changeId: 'uuid' });

@QueryHandler(ListPropagations)
export class ListPropagationsHandler implements IQueryHandler<ListPropagations> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ListPropagations): Promise<List<Propagation>> {
    const { limit, cursor, status, licenseId } = request;
    let query = this.readModel.db
      .selectFrom('propagations')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .orderBy('requested_at')
      .orderBy('change_id')
      .limit(limit + 1);
    if (status !== undefined) query = query.where('status', '=', status);
    if (licenseId !== undefined) query = query.where('license_id', '=', licenseId);
    if (cursor !== undefined) {
      const { requestedAt, changeId } = byTime.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('requested_at', 'change_id'), '>', tuple(requestedAt, changeId)),
      );
    }
    const rows = await query.execute();
    const keyOf = (row: (typeof rows)[number]) => ({ requestedAt: row.requested_at, changeId: row.change_id });
    return propagationsAnswer(this.readModel.db, pageOf(rows, limit, byTime, keyOf));
  }
}
