import type { LicenseCredits } from '#contracts';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import { withStoreProblems } from '#commands';
import { EventStore } from '#event-store';
import { keysetCursor, pageOf } from '#http';
import { money } from '#money';
import type { AsOfPage } from '../as-of/as-of.request.dto.js';
import { hasFacts } from '../as-of/license-facts.js';
import { Moments } from '../as-of/moments.js';
import { noLicenseYet } from '../licenses/get-license.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { creditAnswer } from './credit-answer.js';

export class ListLicenseCredits extends Query<LicenseCredits> {
  constructor(
    readonly licenseId: string,
    readonly request: AsOfPage,
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
    private readonly store: EventStore,
    private readonly moments: Moments,
  ) {}

  async execute({ licenseId, request, principal }: ListLicenseCredits): Promise<LicenseCredits> {
    const { limit, cursor } = request;
    const moment = this.moments.of(request);
    const { state } = await this.readModel.license(licenseId, principal);
    let entries = this.readModel.db.selectFrom('credit_entries').selectAll().where('license_id', '=', licenseId);
    if (moment !== undefined) {
      if (!(await withStoreProblems(hasFacts(this.store, licenseId, moment)))) throw noLicenseYet(moment);
      entries = entries.where('effective_at', '<=', moment.asOf);
      if (moment.knownAt !== null) entries = entries.where('recorded_at', '<=', moment.knownAt);
    }
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
