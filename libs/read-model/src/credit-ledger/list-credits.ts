import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { ExplainedCreditEntry, List } from '#contracts';
import { invalidInput } from '#http';
import { Moments } from '../as-of/moments.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { creditAnswer } from './credit-answer.js';
import { creditOrders, type ListCreditsRequest } from './credit-filters.dto.js';

export class ListCredits extends Query<List<ExplainedCreditEntry>> {
  constructor(
    readonly request: ListCreditsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ListCredits)
export class ListCreditsHandler implements IQueryHandler<ListCredits> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly moments: Moments,
  ) {}

  async execute({ request, principal }: ListCredits): Promise<List<ExplainedCreditEntry>> {
    checkComparable(request);
    const { kind, currency, actorId, from, to, amountFrom, amountTo, sort = 'effectiveAt' } = request;
    const moment = this.moments.of(request);
    let query = this.readModel.db
      .selectFrom('credit_entries')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .where(this.readModel.ofCustomer(request));
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (currency !== undefined) query = query.where('currency', '=', currency);
    if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
    if (from !== undefined) query = query.where('effective_at', '>=', from);
    if (to !== undefined) query = query.where('effective_at', '<=', to);
    if (amountFrom !== undefined) query = query.where('amount_minor', '>=', amountFrom);
    if (amountTo !== undefined) query = query.where('amount_minor', '<=', amountTo);
    if (moment !== undefined) query = query.where('effective_at', '<=', moment.asOf);
    if (moment && moment.knownAt !== null) query = query.where('recorded_at', '<=', moment.knownAt);
    return mapPage(await creditOrders.by(sort).page(query, request), creditAnswer);
  }
}

/** @throws ProblemException `validation-failed` for amounts of nobody knows which currency */
function checkComparable({ currency, amountFrom, amountTo, sort }: ListCreditsRequest): void {
  if (currency !== undefined) return;
  const asked = { amountFrom, amountTo, sort: sort?.endsWith('amount') ? sort : undefined };
  const errors = Object.entries(asked)
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({ path, message: 'by amount takes a currency: amounts of several are not compared' }));
  if (errors.length > 0) throw invalidInput(errors);
}
