import type { LicenseEvent, LicenseState } from '#license';
import type { Row } from './rows.js';

interface ChargedCycle {
  readonly row: Row;
  highest_seats: number;
  credited_seat_days: number;
  uncharged_seat_days: number;
}

/** What became of the seats of each cycle that was invoiced. */
export class SeatUseRows {
  readonly #cycles = new Map<number, ChargedCycle>();

  get rows(): Row[] {
    return [...this.#cycles.values()].map(({ row, ...figures }) => ({ ...row, ...figures }));
  }

  charge(license_id: string, { data }: LicenseEvent<'InvoiceIssued'>): void {
    const {
      cycle,
      invoiceNumber: invoice_number,
      currency,
      unitPriceMinor: unit_price_minor,
      seats: paid_seats,
    } = data;
    const { index: cycle_index, startsOn: starts_on, endsOn: ends_on, days: cycle_days } = cycle;
    const billed_days = data.lines[0]?.billedDays ?? cycle_days;
    this.#cycles.set(cycle_index, {
      row: {
        ...{ license_id, cycle_index, invoice_number, starts_on, ends_on, cycle_days },
        ...{ currency, unit_price_minor, paid_seats, billed_days },
      },
      ...{ highest_seats: paid_seats, credited_seat_days: 0, uncharged_seat_days: 0 },
    });
  }

  move({ data: { from, to, computation } }: LicenseEvent<'SeatsIncreased' | 'SeatsReduced'>): void {
    const cycle = this.#cycles.get(computation.cycle.index);
    if (cycle === undefined) return;
    const beyond = (seats: number): number => Math.max(0, seats - computation.paidSeats);
    cycle.highest_seats = Math.max(cycle.highest_seats, to);
    cycle.credited_seat_days = computation.seatDaysAfter;
    cycle.uncharged_seat_days += (beyond(to) - beyond(from)) * computation.remainingDays;
  }
}

/** Seats that nobody sits on, by the ledger's staff or the instance's count, whichever is higher. */
export function unusedSeatsRows(state: LicenseState): Row[] {
  if (state.standing === 'expired' || state.cancellation !== null || state.paid === null) return [];
  const { reported, activeStaff, seats } = state;
  const used = Math.max(activeStaff, reported === null ? 0 : reported.active + reported.movedSince);
  return used >= seats ? [] : [{ license_id: state.licenseId, domain: state.domain, unused_seats: seats - used }];
}
