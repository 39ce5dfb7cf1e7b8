import { sql, type RawBuilder } from 'kysely';

/**
 * `price × units / days` rounded half up, as `prorate` of #money computes it, for adding up cycles where they are.
 * In numeric, so that no product overflows.
 */
export const prorated = (units: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`div(2::numeric * unit_price_minor * ${units} + cycle_days, 2 * cycle_days)`;

const added = (amount: RawBuilder<unknown>): RawBuilder<number> => sql<number>`sum(${amount})::bigint`;

const invoiced = prorated(sql`(paid_seats::bigint * billed_days)`);
const credited = prorated(sql`credited_seat_days`);
const uncharged = prorated(sql`uncharged_seat_days`);
const highWater = prorated(sql`(highest_seats::bigint * billed_days)`);

/** What cycles come to together; each is rounded by itself, as its invoice is. Minor units. */
export const policySums = {
  uncharged: added(uncharged),
  nextCycle: added(sql`${invoiced} - ${credited}`),
  prorated: added(sql`${invoiced} - ${credited} + ${uncharged}`),
  highWater: added(highWater),
};
