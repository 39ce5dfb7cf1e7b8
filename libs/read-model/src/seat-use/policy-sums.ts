/**
 * `price × units / days` rounded half up, as `prorate` of #money computes it, for adding up cycles where they are.
 * In numeric, so that no product overflows.
 */
const prorated = (units: string): string =>
  `div(2::numeric * unit_price_minor * ${units} + cycle_days, 2 * cycle_days)`;

const invoiced = prorated('(paid_seats::bigint * billed_days)');
const credited = prorated('credited_seat_days');
const uncharged = prorated('uncharged_seat_days');

/** What a cycle adds to each column of the totals of its day; each is rounded by itself, as its invoice is. */
const shares = {
  cycles: '1',
  credited_seat_days: 'credited_seat_days',
  uncharged_seat_days: 'uncharged_seat_days',
  uncharged_minor: uncharged,
  next_cycle_minor: `${invoiced} - ${credited}`,
  prorated_minor: `${invoiced} - ${credited} + ${uncharged}`,
  high_water_minor: prorated('(highest_seats::bigint * billed_days)'),
};

/** Adds the cycles in `inserted` to the totals of their days. */
export function addInserted(schema: string): string {
  return addToTotals(schema, 'SELECT 1 AS times, * FROM inserted');
}

/** Puts the cycles in `moved` into the totals in the place of what they were `before`. */
export function replaceMoved(schema: string): string {
  return addToTotals(schema, 'SELECT 1 AS times, * FROM moved UNION ALL SELECT -1 AS times, * FROM before');
}

/** @param cycles selects cycles, and how many times each is to be added: 1 or -1 */
function addToTotals(schema: string, cycles: string): string {
  const names = Object.keys(shares);
  const sums = Object.values(shares).map((share) => `sum(times * (${share}))`);
  const added = names.map((name) => `${name} = kept.${name} + excluded.${name}`);
  return `INSERT INTO ${schema}.policy_totals AS kept (starts_on, currency, ${names.join(', ')})
    SELECT starts_on, currency, ${sums.join(', ')} FROM (${cycles}) AS cycle GROUP BY starts_on, currency
    ON CONFLICT (starts_on, currency) DO UPDATE SET ${added.join(', ')}`;
}
