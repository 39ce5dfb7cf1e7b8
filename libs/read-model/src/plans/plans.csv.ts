import type { List, Plan, PlanPrice } from '#contracts';
import { amounts, fields, type CsvTable } from '#documents';

export interface PlanPriceRow extends PlanPrice {
  readonly planId: string;
  readonly name: string;
}

/** A row for each price of a plan. */
export const plansCsv: CsvTable<PlanPriceRow> = {
  name: 'plans',
  columns: [
    ...fields<PlanPriceRow>('planId', 'name', 'interval', 'currency'),
    ...amounts<PlanPriceRow>('seatPrice', ({ amount, currency }) => ({ amount, currency })),
  ],
};

export function priceRows({ items, nextCursor }: List<Plan>): List<PlanPriceRow> {
  return {
    items: items.flatMap(({ planId, name, prices }) => prices.map((price) => ({ planId, name, ...price }))),
    nextCursor,
  };
}
