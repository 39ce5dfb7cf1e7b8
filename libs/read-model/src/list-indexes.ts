import type { Migration } from '#projection-engine';

/** What the lists of billing and finance are found and sorted by; docs/queries.md shows which query uses which. */
export const listIndexes: Migration = {
  name: '0011-list-indexes',
  sql: `
    ALTER TABLE next_invoices ADD COLUMN domain text COLLATE "C" NOT NULL;
    CREATE INDEX next_invoices_by_domain ON next_invoices (domain);
    CREATE INDEX next_invoices_by_total ON next_invoices (currency, total_minor, license_id);

    -- With the moment of being past due: what is not, or not yet, is passed over within the index.
    DROP INDEX invoices_open;
    CREATE INDEX invoices_open ON invoices (issued_on, invoice_number, past_due_at) WHERE open_minor > 0;
    CREATE INDEX invoices_open_by_due ON invoices (due_on, invoice_number, past_due_at) WHERE open_minor > 0;
    CREATE INDEX invoices_by_due ON invoices (due_on, invoice_number);
    CREATE INDEX invoices_by_currency ON invoices (currency, issued_on, invoice_number);

    CREATE INDEX credit_entries_by_currency ON credit_entries (currency, effective_at, license_id, ordinal);
    CREATE INDEX credit_entries_by_actor ON credit_entries (actor_id, effective_at, license_id, ordinal);
    CREATE INDEX credit_entries_by_amount ON credit_entries (currency, amount_minor, license_id, ordinal);
  `,
};
