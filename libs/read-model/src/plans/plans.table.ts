import type { PlanPrice } from '#license';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const planEditionColumns = {
  plan_id: 'text',
  revision: 'int8',
  effective_at: 'timestamptz',
  name: 'text',
  prices: 'json',
} as const satisfies Columns;

export interface PlanEditionsTable extends Omit<RowOf<typeof planEditionColumns>, 'prices' | 'revision'> {
  readonly revision: number;
  readonly prices: readonly PlanPrice[];
}

export const planEditionsTable: Migration = {
  name: '0007-plan-editions',
  sql: `
    -- Every edition of every plan: a boundary that is found late is charged at the price of its day.
    CREATE TABLE plan_editions (
      plan_id text COLLATE "C" NOT NULL,
      revision bigint NOT NULL,
      effective_at timestamptz NOT NULL,
      name text NOT NULL,
      prices json NOT NULL,
      PRIMARY KEY (plan_id, revision)
    );
  `,
};
