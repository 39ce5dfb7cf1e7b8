import type { Instant } from '#calendar';
import { pastDueAt, type LicenseEventData, type LicenseState } from '#license';
import { bulkInsert, bulkPatch, bulkUpsert, type Columns, type Queryable, type RowOf } from '#projection-engine';
import type { LicenseChange, View } from '../ledger/view.js';
import { invoiceColumns, paymentColumns } from './invoices.table.js';

const changedColumns = {
  invoice_number: 'text',
  open_minor: 'int8?',
  due_on: 'date?',
  past_due_at: 'timestamptz?',
  extended_at: 'timestamptz?',
  extended_recorded_at: 'timestamptz?',
  settled_at: 'timestamptz?',
  settled_recorded_at: 'timestamptz?',
} as const satisfies Columns;

type Changed = RowOf<typeof changedColumns>;

const unchanged: Omit<Changed, 'invoice_number'> = {
  ...{ open_minor: null, due_on: null, past_due_at: null },
  ...{ extended_at: null, extended_recorded_at: null, settled_at: null, settled_recorded_at: null },
};

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
    const { event, state, recorded } = change;
    const recordedAt = recorded.recordedAt.toISOString();
    switch (event.type) {
      case 'InvoiceIssued':
        this.#issued.push(invoiceRow(event.data, change));
        break;
      case 'InvoicePaid':
        this.#payments.push(paymentRow(event.data, change));
        this.#change(event.data.invoiceNumber, {
          open_minor: event.data.openMinor,
          ...(event.data.openMinor === 0 && settled(event.data.effectiveAt, recordedAt)),
        });
        break;
      case 'LicenseExtended': {
        const { invoiceNumber, dueOnTo, effectiveAt } = event.data;
        this.#change(invoiceNumber, {
          due_on: dueOnTo,
          past_due_at: overdueFrom(state, invoiceNumber, dueOnTo),
          extended_at: effectiveAt,
          extended_recorded_at: recordedAt,
        });
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
    const known = this.#changed.get(invoice_number) ?? unchanged;
    this.#changed.set(invoice_number, { ...known, ...change, invoice_number });
  }
}

function invoiceRow(
  data: LicenseEventData['InvoiceIssued'],
  { state, recorded, revision }: LicenseChange,
): RowOf<typeof invoiceColumns> {
  const past_due_at = overdueFrom(state, data.invoiceNumber, data.dueOn);
  const recorded_at = recorded.recordedAt.toISOString();
  // An invoice with nothing to pay is paid as it is issued.
  const isSettled = data.totalMinor === 0;
  return {
    invoice_number: data.invoiceNumber,
    license_id: state.licenseId,
    domain: state.domain,
    time_zone: state.timeZone,
    issued_on: data.issuedOn,
    issued_at: data.effectiveAt,
    due_on: data.dueOn,
    past_due_at,
    first_past_due_at: past_due_at,
    extended_at: null,
    extended_recorded_at: null,
    currency: data.currency,
    total_minor: data.totalMinor,
    open_minor: data.totalMinor,
    ...(isSettled ? settled(data.effectiveAt, recorded_at) : { settled_at: null, settled_recorded_at: null }),
    issued: JSON.stringify(data),
    event_id: recorded.id,
    revision,
    recorded_at,
  };
}

function settled(settled_at: Instant, settled_recorded_at: Instant) {
  return { settled_at, settled_recorded_at };
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
