import type { LicenseEventData } from '#license';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const invoiceColumns = {
  invoice_number: 'text',
  license_id: 'uuid',
  domain: 'text',
  time_zone: 'text',
  issued_on: 'date',
  issued_at: 'timestamptz',
  due_on: 'date',
  past_due_at: 'timestamptz',
  first_past_due_at: 'timestamptz',
  extended_at: 'timestamptz?',
  extended_recorded_at: 'timestamptz?',
  currency: 'text',
  total_minor: 'int8',
  open_minor: 'int8',
  settled_at: 'timestamptz?',
  settled_recorded_at: 'timestamptz?',
  issued: 'json',
  event_id: 'uuid',
  revision: 'int8',
  recorded_at: 'timestamptz',
} as const satisfies Columns;

type Integers = 'total_minor' | 'open_minor' | 'revision';

export interface InvoicesTable
  extends Omit<RowOf<typeof invoiceColumns>, 'issued' | Integers>, Readonly<Record<Integers, number>> {
  readonly issued: LicenseEventData['InvoiceIssued'];
}

export const invoicesTable: Migration = {
  name: '0004-invoices',
  sql: `
    CREATE TABLE invoices (
      invoice_number text COLLATE "C" PRIMARY KEY,
      license_id uuid NOT NULL,
      domain text COLLATE "C" NOT NULL,
      time_zone text NOT NULL,
      issued_on date NOT NULL,
      issued_at timestamptz NOT NULL,
      -- As it was issued, or extended since.
      due_on date NOT NULL,
      -- From this moment on it is overdue if anything is open: whoever reads compares it with the clock.
      past_due_at timestamptz NOT NULL,
      -- As it was issued: with the moments of the extension that moved it, it tells what was overdue in the past.
      first_past_due_at timestamptz NOT NULL,
      extended_at timestamptz,
      extended_recorded_at timestamptz,
      currency text NOT NULL,
      total_minor bigint NOT NULL,
      open_minor bigint NOT NULL,
      -- When nothing was open any more, and when that was recorded.
      settled_at timestamptz,
      settled_recorded_at timestamptz,
      -- What the event that issued it says: cycle, lines, amounts, and which grants of credit paid for it.
      issued json NOT NULL,
      event_id uuid NOT NULL,
      revision bigint NOT NULL,
      recorded_at timestamptz NOT NULL
    );
    CREATE INDEX invoices_by_date ON invoices (issued_on, invoice_number);
    CREATE INDEX invoices_by_license ON invoices (license_id, issued_on, invoice_number);
    CREATE INDEX invoices_open ON invoices (issued_on, invoice_number) WHERE open_minor > 0;

    -- Each payment, for the explanation of its invoice.
    CREATE TABLE payments (
      license_id uuid NOT NULL,
      revision bigint NOT NULL,
      invoice_number text COLLATE "C" NOT NULL,
      amount_minor bigint NOT NULL,
      method text NOT NULL,
      reference text NOT NULL,
      event_id uuid NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      PRIMARY KEY (license_id, revision)
    );
    CREATE INDEX payments_by_invoice ON payments (invoice_number, revision);
  `,
};

export const paymentColumns = {
  license_id: 'uuid',
  revision: 'int8',
  invoice_number: 'text',
  amount_minor: 'int8',
  method: 'text',
  reference: 'text',
  event_id: 'uuid',
  effective_at: 'timestamptz',
  recorded_at: 'timestamptz',
} as const satisfies Columns;

export interface PaymentsTable extends Omit<RowOf<typeof paymentColumns>, 'revision' | 'amount_minor'> {
  readonly revision: number;
  readonly amount_minor: number;
}
