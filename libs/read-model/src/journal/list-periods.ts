import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { accountingPeriodsStream, monthBefore, monthOf, startOfMonth, trialBalance } from '#accounting';
import type { AccountingPeriod, AccountingPeriods, Month } from '#contracts';
import { keysetCursor, pageOf, type PageQuery } from '#http';
import { Clock } from '#platform';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import type { ClosingsTable } from './journal.table.js';
import { monthlyMovements, parkedStreams } from './movements.js';

export class ListPeriods extends Query<AccountingPeriods> {
  constructor(readonly request: PageQuery) {
    super();
  }
}

const byMonth = keysetCursor({ startsOn: 'date' });

/** Every month from the first that has a line or was closed to the present one, newest first. */
@QueryHandler(ListPeriods)
export class ListPeriodsHandler implements IQueryHandler<ListPeriods> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ request: { limit, cursor } }: ListPeriods): Promise<AccountingPeriods> {
    // The closings first: a month that is closed has its figures, and keeps them.
    const closings = await this.readModel.db.selectFrom('accounting_closings').selectAll().orderBy('month').execute();
    const newest =
      cursor === undefined ? monthOf(this.clock.now()) : monthBefore(monthOf(byMonth.decode(cursor).startsOn));
    const movements = await monthlyMovements(this.readModel.db, newest);
    const first = [...movements, ...closings].reduce((least, { month }) => (month < least ? month : least), newest);
    const months: Month[] = [];
    for (let month = newest; month >= first && months.length <= limit; month = monthBefore(month)) months.push(month);
    const page = mapPage(
      pageOf(months, limit, byMonth, (month) => ({ startsOn: startOfMonth(month).slice(0, 10) })),
      (month) => ({
        ...periodAnswer(month, closings),
        figures: trialBalance(
          movements.filter((moved) => moved.month < month),
          movements.filter((moved) => moved.month === month),
        ),
      }),
    );
    return { ...page, parkedStreams: await parkedStreams(this.readModel.db) };
  }
}

/** @param closings oldest first; the first one closed every month before its own as well */
function periodAnswer(month: Month, closings: readonly ClosingsTable[]): AccountingPeriod {
  const closing = closings.find((each) => each.month >= month);
  if (closing === undefined) return { month, status: 'open', closedAt: null, closedBy: null, event: null };
  const { closed_at: closedAt, closed_by: closedBy, event_id: id, revision } = closing;
  return { month, status: 'closed', closedAt, closedBy, event: { id, stream: accountingPeriodsStream, revision } };
}
