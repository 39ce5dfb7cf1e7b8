import { nextInvoice, type Catalogue, type LicenseState } from '#license';
import { bulkDelete, bulkUpsert, UnwritableValue, type Queryable, type RowOf } from '#projection-engine';
import type { FoldedLicense, View } from '../ledger/view.js';
import { statesOnPlan } from '../licenses/folded-licenses.js';
import { nextInvoiceColumns } from './next-invoices.table.js';

type Row = RowOf<typeof nextInvoiceColumns>;

const upsert = bulkUpsert('next_invoices', nextInvoiceColumns, ['license_id']);
const remove = bulkDelete('next_invoices', { license_id: 'uuid' });

/** One row per license that will be invoiced again: the very figures that the boundary will issue. */
export class NextInvoicesProjection implements View {
  readonly #rows: Row[] = [];
  readonly #without: { license_id: string }[] = [];

  settle({ state }: FoldedLicense, catalogue: Catalogue): void {
    const row = nextInvoiceRow(state, catalogue);
    if (row === null) this.#without.push({ license_id: state.licenseId });
    else this.#rows.push(row);
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await upsert.run(transaction, schema, this.#rows);
    await remove.run(transaction, schema, this.#without);
  }
}

/** Computes the next invoices of a plan's licenses anew, after its prices have changed. */
export async function repriceNextInvoices(
  transaction: Queryable,
  schema: string,
  planId: string,
  catalogue: Catalogue,
): Promise<void> {
  for await (const states of statesOnPlan(transaction, schema, planId, 1_000)) {
    const rows = states.map((state) => repriced(state, catalogue)).filter((row) => row !== null);
    await upsert.run(transaction, schema, rows);
  }
}

/** A plan under which one of its licenses can't be priced is at fault itself. */
function repriced(state: LicenseState, catalogue: Catalogue): Row | null {
  try {
    return nextInvoiceRow(state, catalogue);
  } catch (error) {
    throw new UnwritableValue(`the next invoice of ${state.domain} can not be computed: ${(error as Error).message}`);
  }
}

function nextInvoiceRow(state: LicenseState, catalogue: Catalogue): Row | null {
  const next = nextInvoice(state, catalogue);
  if (next === null) return null;
  return {
    license_id: next.licenseId,
    domain: next.domain,
    issues_on: next.issuesOn,
    starts_on: next.cycle.startsOn,
    ends_on: next.cycle.endsOn,
    cycle_days: next.cycle.days,
    currency: next.total.currency,
    lines: JSON.stringify(next.lines),
    gross_minor: next.gross.amount,
    credit_applied_minor: next.creditApplied.amount,
    total_minor: next.total.amount,
    credit_balance_after_minor: next.creditBalanceAfter.amount,
  };
}
