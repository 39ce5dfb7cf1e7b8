import type { Plan, PlanPrice } from '#contracts';
import { amounts, csvTableOf, fields } from '#documents';

interface PlanPriceRow extends PlanPrice {
  readonly planId: string;
  readonly name: string;
}

/** A row for each price of a plan. */
export const plansCsv = csvTableOf<Plan, PlanPriceRow>(
  'plans',
  ({ planId, name, prices }) => prices.map((price) => ({ planId, name, ...price })),
  [
    ...fields<PlanPriceRow>('planId', 'name', 'interval', 'currency'),
    ...amounts<PlanPriceRow>('seatPrice', ({ amount, currency }) => ({ amount, currency })),
  ],
);
