import type { Columns, Migration, RowOf } from '#projection-engine';

export const unusedColumns = {
  license_id: 'uuid',
  domain: 'text',
  unused_seats: 'int4',
} as const satisfies Columns;

export type UnusedSeatsTable = RowOf<typeof unusedColumns>;

export const chargedColumns = {
  license_id: 'uuid',
  cycle_index: 'int4',
  invoice_number: 'text',
  starts_on: 'date',
  ends_on: 'date',
  cycle_days: 'int4',
  currency: 'text',
  unit_price_minor: 'int8',
  paid_seats: 'int4',
  billed_days: 'int4',
  highest_seats: 'int4',
  credited_seat_days: 'int8',
  uncharged_seat_days: 'int8',
} as const satisfies Columns;

/** What changes of seats within a batch move the cycle of an earlier batch by. */
export const movedColumns = {
  license_id: 'uuid',
  cycle_index: 'int4',
  highest_seats: 'int4',
  credited_seat_days: 'int8',
  uncharged_moved: 'int8',
} as const satisfies Columns;

type Integers = 'unit_price_minor' | 'credited_seat_days' | 'uncharged_seat_days';

export interface ChargedCyclesTable
  extends Omit<RowOf<typeof chargedColumns>, Integers>, Readonly<Record<Integers, number>> {}

/** What the cycles of one currency that begin on one date come to. Minor units and seat-days. */
export interface PolicyTotalsTable {
  readonly starts_on: string;
  readonly currency: string;
  readonly cycles: number;
  readonly credited_seat_days: number;
  readonly uncharged_seat_days: number;
  readonly uncharged_minor: number;
  readonly next_cycle_minor: number;
  readonly prorated_minor: number;
  readonly high_water_minor: number;
}

export const policyTotalsTable: Migration = {
  name: '0012-policy-totals',
  sql: `
    -- The cycles added up by the date on which they begin: a report reads days, not cycles.
    CREATE TABLE policy_totals (
      starts_on date NOT NULL,
      currency text COLLATE "C" NOT NULL,
      cycles bigint NOT NULL,
      credited_seat_days bigint NOT NULL,
      uncharged_seat_days bigint NOT NULL,
      uncharged_minor bigint NOT NULL,
      next_cycle_minor bigint NOT NULL,
      prorated_minor bigint NOT NULL,
      high_water_minor bigint NOT NULL,
      PRIMARY KEY (starts_on, currency)
    );
    -- Nothing reads the cycles by their dates any more.
    DROP INDEX charged_cycles_by_date;
  `,
};

export const seatUseTables: Migration = {
  name: '0009-seat-use',
  sql: `
    -- Licenses with seats that nobody sits on.
    CREATE TABLE unused_seats (
      license_id uuid PRIMARY KEY,
      domain text COLLATE "C" NOT NULL,
      unused_seats integer NOT NULL
    );
    CREATE INDEX unused_seats_by_number ON unused_seats (unused_seats DESC, license_id);

    -- Every cycle that was invoiced, with what became of its seats.
    CREATE TABLE charged_cycles (
      license_id uuid NOT NULL,
      cycle_index integer NOT NULL,
      invoice_number text COLLATE "C" NOT NULL,
      starts_on date NOT NULL,
      ends_on date NOT NULL,
      cycle_days integer NOT NULL,
      currency text NOT NULL,
      unit_price_minor bigint NOT NULL,
      paid_seats integer NOT NULL,
      billed_days integer NOT NULL,
      highest_seats integer NOT NULL,
      credited_seat_days bigint NOT NULL,
      uncharged_seat_days bigint NOT NULL,
      PRIMARY KEY (license_id, cycle_index)
    );
    CREATE INDEX charged_cycles_by_date ON charged_cycles (starts_on, currency);
  `,
};
