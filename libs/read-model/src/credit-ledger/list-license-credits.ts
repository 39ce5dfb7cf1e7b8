import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { Principal } from '#auth';
import type { Instant } from '#calendar';
import type { CreditEntry, List, Money } from '#contracts';
import { IsInstant, keysetCursor, pageOf, PageQuery } from '#http';
import { money } from '#money';
import { Clock } from '#platform';
import { checkPast } from '../licenses/get-license.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { creditAnswer } from './credit-answer.js';

export class ListLicenseCreditsRequest extends PageQuery {
  /** The balance and the entries as the ledger stood then. */
  @IsOptional()
  @IsInstant()
  asOf?: Instant;
}

/** A license's credit balance with everything that ever moved it. */
export interface LicenseCredits extends List<CreditEntry> {
  readonly balance: Money;
}

export class ListLicenseCredits extends Query<LicenseCredits> {
  constructor(
    readonly licenseId: string,
    readonly request: ListLicenseCreditsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byOrdinal = keysetCursor({ ordinal: 'integer' });

@QueryHandler(ListLicenseCredits)
export class ListLicenseCreditsHandler implements IQueryHandler<ListLicenseCredits> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ licenseId, request, principal }: ListLicenseCredits): Promise<LicenseCredits> {
    const { limit, cursor, asOf } = request;
    if (asOf !== undefined) checkPast(asOf, this.clock);
    const { state } = await this.readModel.license(licenseId, principal);
    let entries = this.readModel.db.selectFrom('credit_entries').selectAll().where('license_id', '=', licenseId);
    if (asOf !== undefined) entries = entries.where('effective_at', '<=', asOf);
    const newest = await entries.orderBy('ordinal', 'desc').limit(1).executeTakeFirst();
    if (cursor !== undefined) entries = entries.where('ordinal', '>', byOrdinal.decode(cursor).ordinal);
    const rows = await entries
      .orderBy('ordinal')
      .limit(limit + 1)
      .execute();
    return {
      balance: money(newest?.balance_after_minor ?? 0, state.currency),
      ...mapPage(
        pageOf(rows, limit, byOrdinal, (row) => row),
        creditAnswer,
      ),
    };
  }
}
