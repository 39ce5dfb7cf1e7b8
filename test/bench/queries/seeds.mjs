import { addDays, cycleOn } from '#calendar';
import { licenseIdOf } from '#license';

/** The day on which the filled ledger stands. */
export const today = '2026-06-15';
export const now = `${today}T12:00:00.000Z`;

const currencies = [
  ['USD', 0.6],
  ['EUR', 0.25],
  ['GBP', 0.1],
  ['JPY', 0.03],
  ['CHF', 0.018],
  ['SEK', 0.002],
];
const zones = ['UTC', 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Pacific/Auckland'];
const plans = [
  ['team', 1_000],
  ['pro', 2_000],
  ['scale', 4_900],
];

/** Numbers from 0 up to, not including, 1: the same ones for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (next, values) => values[Math.floor(next() * values.length)];

/**
 * The customers that the rows are made for: who they are, since when, how many invoices and movements of credit each
 * has. A hundredth of them is billed to one reseller, a twentieth to groups of twenty. One currency was taken up within
 * the last year. Three in a hundred did not pay and expired, four cancelled.
 */
export function makeSeeds({ licenses, invoices, credits, seed }) {
  const next = random(seed);
  // Customers came evenly over so many days; most pay monthly.
  const spanDays = 71 * (invoices / licenses - 1);
  return Array.from({ length: licenses }, (_, n) => {
    const domain = `customer-${String(n).padStart(6, '0')}.example`;
    const currency = weighted(next(), currencies);
    const startedDaysAgo = Math.floor(next() * (currency === 'SEK' ? Math.min(365, spanDays) : spanDays));
    const startedOn = addDays(today, -startedDaysAgo);
    const interval = next() < 0.08 ? 'year' : 'month';
    const cycles = cycleOn(startedOn, interval, today).index + 1;
    const [planId, price] = pick(next, plans);
    const fate = next();
    const status = cycles < 2 || fate > 0.07 ? 'active' : fate < 0.03 ? 'expired' : 'cancelled';
    return {
      n,
      license_id: licenseIdOf(domain),
      domain,
      billing_email: billingEmail(n, licenses, domain),
      currency,
      interval,
      plan_id: planId,
      price: interval === 'year' ? price * 10 : price,
      seats: 1 + Math.floor(Math.exp(2 + 1.1 * normal(next))),
      time_zone: pick(next, zones),
      started_on: startedOn,
      status,
      cycles: status === 'active' ? cycles : 1 + Math.floor(next() * (cycles - 1)),
      entries: Math.round((-Math.log(1 - next()) * credits) / licenses),
    };
  });
}

function billingEmail(n, licenses, domain) {
  if (n < licenses * 0.01) return 'reseller@group.example';
  if (n < licenses * 0.06) return `group-${Math.floor(n / 20)}@group.example`;
  return `billing@${domain}`;
}

function weighted(at, weights) {
  let sum = 0;
  for (const [value, weight] of weights) if ((sum += weight) > at) return value;
  return weights.at(0)[0];
}

function normal(next) {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
