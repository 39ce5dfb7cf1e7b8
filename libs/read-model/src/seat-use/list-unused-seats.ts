import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { List, UnusedSeats } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { creditOfSafeReductionMinor, unusedSeats, type LicenseState } from '#license';
import { money } from '#money';
import { Clock } from '#platform';
import type { NextInvoicesTable } from '../next-invoices/next-invoices.table.js';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import type { ListUnusedSeatsRequest } from './list-unused-seats.request.dto.js';

export class ListUnusedSeats extends Query<List<UnusedSeats>> {
  constructor(
    readonly request: ListUnusedSeatsRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byNumber = keysetCursor({ unused_seats: 'integer', license_id: 'uuid' });

/** The most unused seats first. */
@QueryHandler(ListUnusedSeats)
export class ListUnusedSeatsHandler implements IQueryHandler<ListUnusedSeats> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ request, principal }: ListUnusedSeats): Promise<List<UnusedSeats>> {
    const { limit, cursor, atLeast } = request;
    let query = this.readModel.db
      .selectFrom('unused_seats')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .where('unused_seats', '>=', atLeast)
      .orderBy('unused_seats', 'desc')
      .orderBy('license_id')
      .limit(limit + 1);
    if (cursor !== undefined) {
      const { unused_seats: unused, license_id: licenseId } = byNumber.decode(cursor);
      query = query.where(({ eb, or, and }) =>
        or([eb('unused_seats', '<', unused), and([eb('unused_seats', '=', unused), eb('license_id', '>', licenseId)])]),
      );
    }
    const page = pageOf(await query.execute(), limit, byNumber, (row) => row);
    const details = await this.#details(page.items.map((row) => row.license_id));
    return mapPage(page, ({ license_id: licenseId }) => {
      const found = details.get(licenseId);
      if (found === undefined) throw new Error(`${licenseId} has unused seats and no license`);
      return answerOf(found.state, found.unitPriceMinor, this.clock.now());
    });
  }

  async #details(licenseIds: readonly string[]) {
    if (licenseIds.length === 0) return new Map<string, never>();
    const rows = await this.readModel.db
      .selectFrom('licenses')
      .leftJoin('next_invoices', 'next_invoices.license_id', 'licenses.license_id')
      .select(['licenses.license_id', 'licenses.state', 'next_invoices.lines'])
      .where('licenses.license_id', 'in', licenseIds)
      .execute();
    return new Map(
      rows.map(({ license_id, state, lines }) => [license_id, { state, unitPriceMinor: unitPriceOf(lines) }]),
    );
  }
}

/** What a seat of the next cycle costs; null when none is to come. */
function unitPriceOf(lines: NextInvoicesTable['lines'] | null): number | null {
  return lines?.[0]?.unitPrice.amount ?? null;
}

function answerOf(state: LicenseState, unitPriceMinor: number | null, now: string): UnusedSeats {
  const { used = 0, unused = 0, safeSeats = state.seats } = unusedSeats(state) ?? {};
  const { currency } = state;
  return {
    licenseId: state.licenseId,
    domain: state.domain,
    seats: state.seats,
    usedSeats: used,
    unusedSeats: unused,
    safeSeats,
    creditNow: money(creditOfSafeReductionMinor(state, now), currency),
    savingPerCycle: unitPriceMinor === null ? null : money((state.seats - safeSeats) * unitPriceMinor, currency),
  };
}
