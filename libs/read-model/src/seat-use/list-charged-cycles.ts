import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { ChargedCycle, List } from '#contracts';
import { keysetCursor, pageOf, type PageQuery } from '#http';
import { policiesInWords, unchargedMinor, underPolicies, type ChargedCycle as CycleFigures } from '#license';
import { money } from '#money';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import type { ChargedCyclesTable } from './seat-use.table.js';

export class ListChargedCycles extends Query<List<ChargedCycle>> {
  constructor(
    readonly licenseId: string,
    readonly request: PageQuery,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byIndex = keysetCursor({ cycle_index: 'integer' });

@QueryHandler(ListChargedCycles)
export class ListChargedCyclesHandler implements IQueryHandler<ListChargedCycles> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ licenseId, request, principal }: ListChargedCycles): Promise<List<ChargedCycle>> {
    const { limit, cursor } = request;
    await this.readModel.license(licenseId, principal);
    let query = this.readModel.db
      .selectFrom('charged_cycles')
      .selectAll()
      .where('license_id', '=', licenseId)
      .orderBy('cycle_index')
      .limit(limit + 1);
    if (cursor !== undefined) query = query.where('cycle_index', '>', byIndex.decode(cursor).cycle_index);
    return mapPage(
      pageOf(await query.execute(), limit, byIndex, (row) => row),
      answerOf,
    );
  }
}

function answerOf(row: ChargedCyclesTable): ChargedCycle {
  const { currency } = row;
  const figures: CycleFigures = {
    cycle: { index: row.cycle_index, startsOn: row.starts_on, endsOn: row.ends_on, days: row.cycle_days },
    currency,
    unitPriceMinor: row.unit_price_minor,
    paidSeats: row.paid_seats,
    billedDays: row.billed_days,
    highestSeats: row.highest_seats,
    creditedSeatDays: row.credited_seat_days,
    unchargedSeatDays: row.uncharged_seat_days,
  };
  const { nextCycleMinor, proratedMinor, highWaterMinor } = underPolicies(figures);
  return {
    licenseId: row.license_id,
    invoiceNumber: row.invoice_number,
    cycle: { startsOn: row.starts_on, endsOn: row.ends_on, days: row.cycle_days },
    unitPrice: money(row.unit_price_minor, currency),
    paidSeats: row.paid_seats,
    highestSeats: row.highest_seats,
    creditedSeatDays: row.credited_seat_days,
    unchargedSeatDays: row.uncharged_seat_days,
    uncharged: money(unchargedMinor(figures), currency),
    policies: {
      nextCycle: money(nextCycleMinor, currency),
      proratedIncreases: money(proratedMinor, currency),
      highWaterMark: money(highWaterMinor, currency),
    },
    explanation: policiesInWords(figures),
  };
}
