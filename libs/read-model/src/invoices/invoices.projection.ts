import { pastDueAt, type LicenseEventData, type LicenseState } from '#license';
import { bulkInsert, bulkPatch, bulkUpsert, type Columns, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { invoiceColumns, paymentColumns } from './invoices.table.js';

const changedColumns = {
  invoice_number: 'text',
  open_minor: 'int8?',
  due_on: 'date?',
  past_due_at: 'timestamptz?',
} as const satisfies Columns;

type Changed = RowOf<typeof changedColumns>;

const upsert = bulkUpsert('invoices', invoiceColumns, ['invoice_number']);
const patch = bulkPatch('invoices', changedColumns, ['invoice_number']);
const insertPayments = bulkInsert('payments', paymentColumns);

/** One row per invoice, with what is open on it and when it is overdue; and one per payment. */
export class InvoicesProjection implements View {
  readonly #issued: RowOf<typeof invoiceColumns>[] = [];
  /** Also of invoices that this batch issued: they are written first. */
  readonly #changed = new Map<string, Changed>();
  readonly #payments: RowOf<typeof paymentColumns>[] = [];

  apply(change: LicenseChange): void {
    const { event, state } = change;
    switch (event.type) {
      case 'InvoiceIssued':
        this.#issued.push(invoiceRow(event.data, change));
        break;
      case 'InvoicePaid':
        this.#payments.push(paymentRow(event.data, change));
        this.#change(event.data.invoiceNumber, { open_minor: event.data.openMinor });
        break;
      case 'LicenseExtended': {
        const { invoiceNumber, dueOnTo } = event.data;
        this.#change(invoiceNumber, { due_on: dueOnTo, past_due_at: overdueFrom(state, invoiceNumber, dueOnTo) });
        break;
      }
      default:
    }
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await upsert.run(transaction, schema, this.#issued);
    await patch.run(transaction, schema, this.#changed.values());
    await insertPayments.run(transaction, schema, this.#payments);
  }

  #change(invoice_number: string, change: Partial<Changed>): void {
    const known = this.#changed.get(invoice_number) ?? {
      invoice_number,
      open_minor: null,
      due_on: null,
      past_due_at: null,
    };
    this.#changed.set(invoice_number, { ...known, ...change });
  }
}

function invoiceRow(
  data: LicenseEventData['InvoiceIssued'],
  { state, recorded, revision }: LicenseChange,
): RowOf<typeof invoiceColumns> {
  return {
    invoice_number: data.invoiceNumber,
    license_id: state.licenseId,
    domain: state.domain,
    time_zone: state.timeZone,
    issued_on: data.issuedOn,
    due_on: data.dueOn,
    past_due_at: overdueFrom(state, data.invoiceNumber, data.dueOn),
    currency: data.currency,
    total_minor: data.totalMinor,
    open_minor: data.totalMinor,
    issued: JSON.stringify(data),
    event_id: recorded.id,
    revision,
    recorded_at: recorded.recordedAt.toISOString(),
  };
}

function paymentRow(
  data: LicenseEventData['InvoicePaid'],
  { state, recorded, revision }: LicenseChange,
): RowOf<typeof paymentColumns> {
  return {
    license_id: state.licenseId,
    revision,
    invoice_number: data.invoiceNumber,
    amount_minor: data.amountMinor,
    method: data.method,
    reference: data.reference,
    event_id: recorded.id,
    effective_at: data.effectiveAt,
    recorded_at: recorded.recordedAt.toISOString(),
  };
}

function overdueFrom(state: LicenseState, invoiceNumber: string, dueOn: string): string {
  return pastDueAt(state, { invoiceNumber, dueOn, openMinor: 0, extended: false });
}
