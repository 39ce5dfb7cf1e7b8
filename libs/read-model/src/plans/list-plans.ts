import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { List, Plan } from '#contracts';
import { keysetCursor, pageOf, type PageQuery } from '#http';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import type { PlanEditionsTable } from './plans.table.js';

export class ListPlans extends Query<List<Plan>> {
  constructor(readonly request: PageQuery) {
    super();
  }
}

const byId = keysetCursor({ plan_id: 'string' });

/** Each plan in its newest edition. */
@QueryHandler(ListPlans)
export class ListPlansHandler implements IQueryHandler<ListPlans> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request: { limit, cursor } }: ListPlans): Promise<List<Plan>> {
    let query = this.readModel.db
      .selectFrom('plan_editions')
      .distinctOn('plan_id')
      .selectAll()
      .orderBy('plan_id')
      .orderBy('revision', 'desc')
      .limit(limit + 1);
    if (cursor !== undefined) query = query.where('plan_id', '>', byId.decode(cursor).plan_id);
    return mapPage(
      pageOf(await query.execute(), limit, byId, (row) => row),
      planAnswer,
    );
  }
}

function planAnswer({ plan_id: planId, name, prices }: PlanEditionsTable): Plan {
  return {
    planId,
    name,
    prices: prices.map(({ currency, interval, amountMinor: amount }) => ({ currency, interval, amount })),
  };
}
