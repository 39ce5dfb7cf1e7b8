import { chargedCycle, moveSeatUse, seatUse, unusedSeats, type ChargedCycle, type SeatUse } from '#license';
import { bulkDelete, bulkInsertThen, bulkUpdateThen, bulkUpsert, type Queryable, type RowOf } from '#projection-engine';
import type { FoldedLicense, LicenseChange, View } from '../ledger/view.js';
import { addInserted, replaceMoved } from './policy-sums.js';
import { chargedColumns, movedColumns, unusedColumns } from './seat-use.table.js';

interface Charged {
  readonly licenseId: string;
  readonly invoiceNumber: string;
  readonly charged: ChargedCycle;
}

type Moved = RowOf<typeof movedColumns>;

const upsertUnused = bulkUpsert('unused_seats', unusedColumns, ['license_id']);
const removeUnused = bulkDelete('unused_seats', { license_id: 'uuid' });
const insertCharged = bulkInsertThen('charged_cycles', chargedColumns, addInserted);
const moveCharged = bulkUpdateThen(
  'charged_cycles',
  movedColumns,
  ['license_id', 'cycle_index'],
  {
    highest_seats: 'greatest(kept.highest_seats, given.highest_seats)',
    credited_seat_days: 'given.credited_seat_days',
    uncharged_seat_days: 'kept.uncharged_seat_days + given.uncharged_moved',
  },
  replaceMoved,
);

/** What seats are paid for and not used, and what each invoiced cycle's seats came to, alone and by day. */
export class SeatUseProjection implements View {
  readonly #unused: RowOf<typeof unusedColumns>[] = [];
  readonly #without: { license_id: string }[] = [];
  /** By license and cycle: those that this batch begins, and those that it moves. */
  readonly #charged = new Map<string, Charged>();
  readonly #moved = new Map<string, Moved>();

  apply({ event, state: { licenseId } }: LicenseChange): void {
    if (event.type === 'InvoiceIssued') {
      const { invoiceNumber, cycle } = event.data;
      this.#charged.set(keyOf(licenseId, cycle.index), { licenseId, invoiceNumber, charged: chargedCycle(event) });
    } else if (event.type === 'SeatsIncreased' || event.type === 'SeatsReduced') {
      this.#move(licenseId, event.data.computation.cycle.index, seatUse(event));
    }
  }

  settle({ state }: FoldedLicense): void {
    const unused = unusedSeats(state)?.unused ?? 0;
    if (unused === 0) this.#without.push({ license_id: state.licenseId });
    else this.#unused.push({ license_id: state.licenseId, domain: state.domain, unused_seats: unused });
  }

  /** Adding to what is there is safe: an event that was projected before does not come here again. */
  async write(transaction: Queryable, schema: string): Promise<void> {
    await upsertUnused.run(transaction, schema, this.#unused);
    await removeUnused.run(transaction, schema, this.#without);
    await insertCharged.run(transaction, schema, [...this.#charged.values()].map(rowOf));
    await moveCharged.run(transaction, schema, this.#moved.values());
  }

  #move(licenseId: string, index: number, use: SeatUse): void {
    const key = keyOf(licenseId, index);
    const begun = this.#charged.get(key);
    if (begun) {
      this.#charged.set(key, { ...begun, charged: moveSeatUse(begun.charged, use) });
      return;
    }
    const before = this.#moved.get(key);
    this.#moved.set(key, {
      license_id: licenseId,
      cycle_index: index,
      highest_seats: Math.max(before?.highest_seats ?? 0, use.seats),
      credited_seat_days: use.creditedSeatDays,
      uncharged_moved: Number(before?.uncharged_moved ?? 0) + use.unchargedSeatDaysMoved,
    });
  }
}

const keyOf = (licenseId: string, index: number): string => `${licenseId} ${index}`;

function rowOf({ licenseId, invoiceNumber, charged }: Charged): RowOf<typeof chargedColumns> {
  const { cycle } = charged;
  return {
    license_id: licenseId,
    cycle_index: cycle.index,
    invoice_number: invoiceNumber,
    starts_on: cycle.startsOn,
    ends_on: cycle.endsOn,
    cycle_days: cycle.days,
    currency: charged.currency,
    unit_price_minor: charged.unitPriceMinor,
    paid_seats: charged.paidSeats,
    billed_days: charged.billedDays,
    highest_seats: charged.highestSeats,
    credited_seat_days: charged.creditedSeatDays,
    uncharged_seat_days: charged.unchargedSeatDays,
  };
}
