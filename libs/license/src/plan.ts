import type { Instant } from '#calendar';
import { isCurrency } from '#money';
import type { PlanEdition, PlanPrice } from './catalogue.js';
import { limits } from './limits.js';
import { invalid, type Refusal } from './refusal.js';

/**
 * The event of a plan's stream, `plan-<planId>`: the plan with all its prices, as it holds from `effectiveAt`.
 * A license meets a new price at its next renewal.
 */
export interface PlanEvent {
  readonly type: 'PlanDefined';
  readonly data: PlanEdition & { readonly planId: string };
}

export interface DefinePlan {
  readonly planId: string;
  readonly name: string;
  readonly prices: readonly PlanPrice[];
}

export const planStreamPrefix = 'plan-';

export function planStream(planId: string): string {
  return planStreamPrefix + planId;
}

/** A plan's history: its editions, oldest first. */
export function evolvePlan(editions: readonly PlanEdition[], event: PlanEvent): readonly PlanEdition[] {
  const { effectiveAt, name, prices } = event.data;
  return [...editions, { effectiveAt, name, prices }];
}

/** Puts a plan into the catalogue, or a new edition of it. The same again changes nothing. */
export function definePlan(
  command: DefinePlan,
  editions: readonly PlanEdition[],
  now: Instant,
): { accepted: PlanEvent[] } | { refusal: Refusal } {
  const { planId, name, prices } = command;
  const refusal = checkPrices(prices);
  if (refusal) return { refusal };
  const newest = editions.at(-1);
  if (newest?.name === name && samePrices(newest.prices, prices)) return { accepted: [] };
  const effectiveAt = newest && newest.effectiveAt > now ? newest.effectiveAt : now;
  return { accepted: [{ type: 'PlanDefined', data: { effectiveAt, planId, name, prices } }] };
}

function checkPrices(prices: readonly PlanPrice[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, { currency, interval, amountMinor }] of prices.entries()) {
    if (!isCurrency(currency)) return invalid(`prices[${index}].currency`, 'must be an ISO 4217 code in capitals');
    if (!Number.isSafeInteger(amountMinor) || amountMinor < 0 || amountMinor > limits.unitPriceMinorMax) {
      return invalid(`prices[${index}].amount`, `must be a whole number from 0 to ${limits.unitPriceMinorMax}`);
    }
    const key = `${currency} per ${interval}`;
    if (seen.has(key)) return invalid(`prices[${index}]`, `there are two prices in ${key}`);
    seen.add(key);
  }
  return seen.size === 0 ? invalid('prices', 'must hold at least one price') : undefined;
}

function samePrices(left: readonly PlanPrice[], right: readonly PlanPrice[]): boolean {
  const text = (prices: readonly PlanPrice[]) =>
    prices.map((price) => `${price.currency}/${price.interval}/${price.amountMinor}`).sort();
  return text(left).join() === text(right).join();
}
