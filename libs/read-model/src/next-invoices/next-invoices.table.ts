import type { InvoiceLine } from '#contracts';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const nextInvoiceColumns = {
  license_id: 'uuid',
  domain: 'text',
  issues_on: 'date',
  starts_on: 'date',
  ends_on: 'date',
  cycle_days: 'int4',
  currency: 'text',
  lines: 'json',
  gross_minor: 'int8',
  credit_applied_minor: 'int8',
  total_minor: 'int8',
  credit_balance_after_minor: 'int8',
} as const satisfies Columns;

type Amounts = 'gross_minor' | 'credit_applied_minor' | 'total_minor' | 'credit_balance_after_minor';

export interface NextInvoicesTable
  extends Omit<RowOf<typeof nextInvoiceColumns>, 'lines' | Amounts>, Readonly<Record<Amounts, number>> {
  readonly lines: readonly InvoiceLine[];
}

export const nextInvoicesTable: Migration = {
  name: '0003-next-invoices',
  sql: `
    -- What the next boundary will issue if nothing else happens; no row where it will issue nothing.
    CREATE TABLE next_invoices (
      license_id uuid PRIMARY KEY,
      issues_on date NOT NULL,
      starts_on date NOT NULL,
      ends_on date NOT NULL,
      cycle_days integer NOT NULL,
      currency text NOT NULL,
      lines json NOT NULL,
      gross_minor bigint NOT NULL,
      credit_applied_minor bigint NOT NULL,
      total_minor bigint NOT NULL,
      credit_balance_after_minor bigint NOT NULL
    ) WITH (fillfactor = 70);
    CREATE INDEX next_invoices_by_date ON next_invoices (issues_on, license_id);
    CREATE INDEX next_invoices_by_currency ON next_invoices (currency, issues_on, license_id);
  `,
};
