import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { Principal } from '#auth';
import type { Instant } from '#calendar';
import type { CreditEntry, CreditKind, List } from '#contracts';
import { keysetCursor, pageOf, PageQuery } from '#http';
import { MomentFilter, UuidFilter } from '../filters.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { creditAnswer } from './credit-answer.js';

export class ListCreditsRequest extends PageQuery {
  @UuidFilter()
  licenseId?: string;

  @IsOptional()
  @IsIn(['granted', 'reversed', 'applied', 'goodwill'])
  kind?: CreditKind;

  /** Effective at this moment or later; a date means its first moment in UTC. */
  @MomentFilter('first')
  from?: Instant;

  /** Effective at this moment or earlier; a date means its last moment in UTC. */
  @MomentFilter('last')
  to?: Instant;
}

export class ListCredits extends Query<List<CreditEntry>> {
  constructor(
    readonly request: ListCreditsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byTime = keysetCursor({ effective_at: 'instant', license_id: 'uuid', ordinal: 'integer' });

@QueryHandler(ListCredits)
export class ListCreditsHandler implements IQueryHandler<ListCredits> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ListCredits): Promise<List<CreditEntry>> {
    const { limit, cursor, licenseId, kind, from, to } = request;
    let query = this.readModel.db
      .selectFrom('credit_entries')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .orderBy('effective_at')
      .orderBy('license_id')
      .orderBy('ordinal')
      .limit(limit + 1);
    if (licenseId !== undefined) query = query.where('license_id', '=', licenseId);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (from !== undefined) query = query.where('effective_at', '>=', from);
    if (to !== undefined) query = query.where('effective_at', '<=', to);
    if (cursor !== undefined) {
      const after = byTime.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('effective_at', 'license_id', 'ordinal'),
          '>',
          tuple(after.effective_at, after.license_id, after.ordinal),
        ),
      );
    }
    return mapPage(
      pageOf(await query.execute(), limit, byTime, (row) => row),
      creditAnswer,
    );
  }
}
