import type { Account, EntryKind, Month } from '#contracts';
import type { Columns, Migration, RowOf } from '#projection-engine';

/** In which column an entry keeps what it moves an account by: debits positive, credits negative. */
export const accountColumns = {
  cash: 'cash_minor',
  receivable: 'receivable_minor',
  'customer-credit': 'customer_credit_minor',
  revenue: 'revenue_minor',
  'goodwill-expense': 'goodwill_expense_minor',
} as const satisfies Record<Account, string>;

export const entryColumns = {
  license_id: 'uuid',
  revision: 'int8',
  month: 'text',
  late_from: 'text?',
  effective_at: 'timestamptz',
  recorded_at: 'timestamptz',
  kind: 'text',
  document: 'text',
  currency: 'text',
  cash_minor: 'int8',
  receivable_minor: 'int8',
  customer_credit_minor: 'int8',
  revenue_minor: 'int8',
  goodwill_expense_minor: 'int8',
  event_id: 'uuid',
  commit_position: 'int8',
  prepare_position: 'int8',
} as const satisfies Columns;

export const closingColumns = {
  month: 'text',
  closed_at: 'timestamptz',
  closed_by: 'text',
  event_id: 'uuid',
  revision: 'int8',
  commit_position: 'int8',
  prepare_position: 'int8',
} as const satisfies Columns;

type Integers = 'revision' | 'commit_position' | 'prepare_position';
type AccountColumn = (typeof accountColumns)[Account];

export interface JournalEntriesTable
  extends
    Omit<RowOf<typeof entryColumns>, 'kind' | AccountColumn | Integers>,
    Readonly<Record<AccountColumn | Integers, number>> {
  readonly kind: EntryKind;
}

/** The entries line by line. */
export interface JournalLinesView extends Omit<JournalEntriesTable, AccountColumn> {
  readonly account: Account;
  readonly debit_minor: number;
  readonly credit_minor: number;
}

/** The lines of one month of the books, by the day in UTC on which they took effect. */
export interface JournalTotalsTable {
  readonly month: Month;
  readonly effective_on: string;
  readonly currency: string;
  readonly account: Account;
  readonly debit_minor: number;
  readonly credit_minor: number;
}

export interface ClosingsTable
  extends Omit<RowOf<typeof closingColumns>, Integers>, Readonly<Record<Integers, number>> {}

/** The lines of the entries of `table`, to be joined to it: one for each account that an entry moves. */
export function linesOf(table: string): string {
  const amounts = Object.entries(accountColumns).map(([account, column]) => `('${account}', ${table}.${column})`);
  return `CROSS JOIN LATERAL (
    SELECT account, greatest(minor, 0) AS debit_minor, greatest(-minor, 0) AS credit_minor
    FROM (VALUES ${amounts.join(', ')}) AS moves (account, minor) WHERE minor <> 0
  ) AS line`;
}

export const journalTables: Migration = {
  name: '0008-journal',
  sql: `
    -- The books, entry by entry. Rows are added and never change, but for the month of those that a closing concerns
    -- which could not be projected in its turn.
    CREATE TABLE journal_entries (
      license_id uuid NOT NULL,
      revision bigint NOT NULL,
      -- The month in whose books it stands; late_from is the one that it belongs to, when that was closed.
      month text COLLATE "C" NOT NULL,
      late_from text COLLATE "C",
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      kind text NOT NULL,
      document text COLLATE "C" NOT NULL,
      currency text COLLATE "C" NOT NULL,
      -- One column for each account, debits positive: a row is an entry of two or three lines.
      cash_minor bigint NOT NULL,
      receivable_minor bigint NOT NULL,
      customer_credit_minor bigint NOT NULL,
      revenue_minor bigint NOT NULL,
      goodwill_expense_minor bigint NOT NULL,
      event_id uuid NOT NULL,
      commit_position bigint NOT NULL,
      prepare_position bigint NOT NULL,
      PRIMARY KEY (license_id, revision),
      CONSTRAINT entry_balances
        CHECK (cash_minor + receivable_minor + customer_credit_minor + revenue_minor + goodwill_expense_minor = 0)
    );
    CREATE INDEX journal_entries_by_time ON journal_entries (effective_at, license_id, revision);
    CREATE INDEX journal_entries_by_month ON journal_entries (month, effective_at, license_id, revision);
    -- What is few among the others.
    CREATE INDEX journal_entries_late ON journal_entries (late_from, effective_at, license_id, revision)
      WHERE late_from IS NOT NULL;
    CREATE INDEX journal_entries_goodwill ON journal_entries (effective_at, license_id, revision)
      WHERE goodwill_expense_minor <> 0;
    -- Rows come in the order of the log: an index of a few pages tells which blocks are after a position.
    CREATE INDEX journal_entries_by_position ON journal_entries USING brin (commit_position)
      WITH (pages_per_range = 16);

    CREATE VIEW journal_lines AS
      SELECT license_id, revision, month, late_from, effective_at, recorded_at, kind, document, currency,
        account, debit_minor, credit_minor, event_id, commit_position, prepare_position
      FROM journal_entries ${linesOf('journal_entries')};

    -- The lines added up by day: a trial balance reads days, not entries. Each is added when its entry is inserted.
    CREATE TABLE journal_totals (
      month text COLLATE "C" NOT NULL,
      -- The day in UTC.
      effective_on date NOT NULL,
      currency text COLLATE "C" NOT NULL,
      account text COLLATE "C" NOT NULL,
      debit_minor bigint NOT NULL,
      credit_minor bigint NOT NULL,
      PRIMARY KEY (month, effective_on, currency, account)
    );

    -- Which months are closed, by which event, and where it stands in the log: it counts for what comes after it.
    CREATE TABLE accounting_closings (
      month text COLLATE "C" PRIMARY KEY,
      closed_at timestamptz NOT NULL,
      closed_by text NOT NULL,
      event_id uuid NOT NULL,
      revision bigint NOT NULL,
      commit_position bigint NOT NULL,
      prepare_position bigint NOT NULL
    );
  `,
};
