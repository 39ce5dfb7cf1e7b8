import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { projectorTables, type Migration } from '#projection-engine';
import { auditTable, type AuditTable } from './audit/audit.table.js';
import { closingUnanswered } from './closing-unanswered.js';
import { creditEntriesTable, type CreditEntriesTable } from './credit-ledger/credit-ledger.table.js';
import { openGrantsTable, type OpenGrantsTable } from './credit-ledger/open-grants.table.js';
import { invoicesTable, type InvoicesTable, type PaymentsTable } from './invoices/invoices.table.js';
import {
  journalTables,
  type ClosingsTable,
  type JournalEntriesTable,
  type JournalLinesView,
  type JournalTotalsTable,
} from './journal/journal.table.js';
import { listIndexes } from './list-indexes.js';
import { licensesTable, personalDataKeyColumn, type LicensesTable } from './licenses/licenses.table.js';
import { nextInvoicesTable, type NextInvoicesTable } from './next-invoices/next-invoices.table.js';
import { planEditionsTable, type PlanEditionsTable } from './plans/plans.table.js';
import type { PushAttemptsTable } from './propagation/push-attempts.table.js';
import { propagationsTable, type PropagationsTable } from './propagation/propagation.table.js';
import {
  policyTotalsTable,
  seatUseTables,
  type ChargedCyclesTable,
  type PolicyTotalsTable,
  type UnusedSeatsTable,
} from './seat-use/seat-use.table.js';
import { staffPersonColumn, staffTable, type StaffTable } from './staff/staff.table.js';

/** How far the rows have come; both are null before the first event. */
interface CheckpointsTable {
  readonly projection: string;
  readonly commit_position: number | null;
  readonly prepare_position: number | null;
}

/** The tables as they are read; only projections write. */
export interface Tables {
  readonly licenses: LicensesTable;
  readonly staff: StaffTable;
  readonly next_invoices: NextInvoicesTable;
  readonly invoices: InvoicesTable;
  readonly payments: PaymentsTable;
  readonly credit_entries: CreditEntriesTable;
  readonly propagations: PropagationsTable;
  readonly plan_editions: PlanEditionsTable;
  readonly open_grants: OpenGrantsTable;
  readonly unused_seats: UnusedSeatsTable;
  readonly charged_cycles: ChargedCyclesTable;
  readonly policy_totals: PolicyTotalsTable;
  readonly journal_entries: JournalEntriesTable;
  readonly journal_lines: JournalLinesView;
  readonly journal_totals: JournalTotalsTable;
  readonly accounting_closings: ClosingsTable;
  readonly audit_entries: AuditTable;
  readonly parked_streams: { readonly stream: string };
  readonly projection_checkpoints: CheckpointsTable;
  readonly 'operations.push_attempts': PushAttemptsTable;
}

/** Every step of the schema, in its order. */
export const migrations: readonly Migration[] = [
  projectorTables,
  licensesTable,
  staffTable,
  nextInvoicesTable,
  invoicesTable,
  creditEntriesTable,
  propagationsTable,
  planEditionsTable,
  journalTables,
  seatUseTables,
  openGrantsTable,
  listIndexes,
  policyTotalsTable,
  auditTable,
  staffPersonColumn,
  personalDataKeyColumn,
];

/** The read model of one version, typed. The pool stays its owner's to end. */
export function readModelOver(pool: pg.Pool, schema: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: closingUnanswered(pool) }) }).withSchema(schema);
}
