import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { Principal } from '#auth';
import type { Instant } from '#calendar';
import type { CreditKind, ExplainedCreditEntry, List } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { AsOfPage } from '../as-of/as-of.request.dto.js';
import { Moments } from '../as-of/moments.js';
import { MomentFilter, UuidFilter } from '../filters.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { creditAnswer } from './credit-answer.js';

export class ListCreditsRequest extends AsOfPage {
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

export class ListCredits extends Query<List<ExplainedCreditEntry>> {
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
  constructor(
    private readonly readModel: ReadModel,
    private readonly moments: Moments,
  ) {}

  async execute({ request, principal }: ListCredits): Promise<List<ExplainedCreditEntry>> {
    const { limit, cursor, licenseId, kind, from, to } = request;
    const moment = this.moments.of(request);
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
    if (moment !== undefined) query = query.where('effective_at', '<=', moment.asOf);
    if (moment && moment.knownAt !== null) query = query.where('recorded_at', '<=', moment.knownAt);
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
