/** A row as the database gives it: columns by their names, instants as RFC 3339 in UTC with milliseconds. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of one license as its events have them, each table by the key that tells its rows apart. */
export type LicenseRows = Readonly<Record<LicenseTable, readonly Row[]>>;

interface TableShape {
  /** The columns that tell a row from the others of its license. */
  readonly key: readonly string[];
  readonly instants: readonly string[];
}

/** Every table with rows of a license. Each has `license_id`. */
export const licenseTables = {
  licenses: { key: [], instants: ['next_due_at'] },
  staff: { key: ['staff_id'], instants: [] },
  next_invoices: { key: [], instants: [] },
  invoices: {
    key: ['invoice_number'],
    instants: [
      ...['issued_at', 'past_due_at', 'first_past_due_at', 'extended_at', 'extended_recorded_at'],
      ...['settled_at', 'settled_recorded_at', 'recorded_at'],
    ],
  },
  payments: { key: ['revision'], instants: ['effective_at', 'recorded_at'] },
  credit_entries: { key: ['ordinal'], instants: ['effective_at', 'recorded_at'] },
  open_grants: { key: ['entry_id'], instants: ['granted_at'] },
  unused_seats: { key: [], instants: [] },
  charged_cycles: { key: ['cycle_index'], instants: [] },
  journal_entries: { key: ['revision'], instants: ['effective_at', 'recorded_at'] },
  propagations: {
    key: ['change_id'],
    instants: ['requested_at', 'deadline', 'propagated_at', 'propagated_recorded_at'],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

export type LicenseTable = keyof typeof licenseTables;
export const licenseTableNames = Object.keys(licenseTables) as LicenseTable[];
