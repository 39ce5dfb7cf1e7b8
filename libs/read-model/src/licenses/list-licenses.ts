import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { License, List } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { Clock } from '#platform';
import { mapPage } from '../pages.js';
import { countUnsettled, noneUnsettled } from '../propagation/unsettled.js';
import { ReadModel } from '../read-model.js';
import { licenseAnswer } from './license-answer.js';
import type { ListLicensesRequest } from './list-licenses.request.dto.js';

export class ListLicenses extends Query<List<License>> {
  constructor(
    readonly request: ListLicensesRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byDomain = keysetCursor({ domain: 'string' });

@QueryHandler(ListLicenses)
export class ListLicensesHandler implements IQueryHandler<ListLicenses> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ request, principal }: ListLicenses): Promise<List<License>> {
    const { limit, cursor, domain, billingEmail, status } = request;
    let query = this.readModel.db
      .selectFrom('licenses')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .orderBy('domain')
      .limit(limit + 1);
    if (domain !== undefined) query = query.where('domain', '=', domain.toLowerCase());
    if (billingEmail !== undefined) query = query.where('billing_email', '=', billingEmail.toLowerCase());
    if (status !== undefined) query = query.where('status', '=', status);
    if (cursor !== undefined) query = query.where('domain', '>', byDomain.decode(cursor).domain);
    const page = pageOf(await query.execute(), limit, byDomain, (row) => row);
    const unsettled = await countUnsettled(
      this.readModel.db,
      page.items.map((row) => row.license_id),
    );
    const now = this.clock.now();
    return mapPage(page, (row) => licenseAnswer(row, unsettled.get(row.license_id) ?? noneUnsettled, now));
  }
}
