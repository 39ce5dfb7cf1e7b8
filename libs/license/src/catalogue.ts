import type { BillingInterval, Instant } from '#calendar';

export interface PlanPrice {
  readonly currency: string;
  readonly interval: BillingInterval;
  /** Per seat and interval, minor units. */
  readonly amountMinor: number;
}

/** One edition of a plan, as it was put into the catalogue. */
export interface PlanEdition {
  readonly effectiveAt: Instant;
  readonly name: string;
  readonly prices: readonly PlanPrice[];
}

/** Every plan with all its editions, oldest first: a boundary that is found late is charged at the price of its day. */
export type Catalogue = ReadonlyMap<string, readonly PlanEdition[]>;

export interface PlanTerms {
  readonly planId: string;
  readonly name: string;
  readonly unitPriceMinor: number;
}

/** Whether the plan can be bought now: its newest edition has a price for the currency and interval. */
export function isOnOffer(catalogue: Catalogue, planId: string, currency: string, interval: BillingInterval): boolean {
  const newest = catalogue.get(planId)?.at(-1);
  return newest !== undefined && priceIn(newest, currency, interval) !== undefined;
}

/**
 * What a plan costs at a moment: the newest edition up to then that has the price. A moment before the plan existed
 * (a customer moved in from elsewhere) takes the oldest. A price that was withdrawn goes on for those who have it.
 *
 * @throws Error when the plan never had such a price; the command that put the license on the plan has checked it.
 */
export function termsAt(
  catalogue: Catalogue,
  license: { planId: string; currency: string; interval: BillingInterval },
  at: Instant,
): PlanTerms {
  const { planId, currency, interval } = license;
  const priced = (catalogue.get(planId) ?? []).flatMap((edition) => {
    const unitPriceMinor = priceIn(edition, currency, interval);
    return unitPriceMinor === undefined
      ? []
      : [{ effectiveAt: edition.effectiveAt, terms: { planId, name: edition.name, unitPriceMinor } }];
  });
  const found = priced.findLast((edition) => edition.effectiveAt <= at) ?? priced[0];
  if (!found) throw new Error(`plan '${planId}' has no price in ${currency} per ${interval}`);
  return found.terms;
}

function priceIn(edition: PlanEdition, currency: string, interval: BillingInterval): number | undefined {
  return edition.prices.find((price) => price.currency === currency && price.interval === interval)?.amountMinor;
}
