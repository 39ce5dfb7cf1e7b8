import type { EntryKind } from '#contracts';
import type { RecordedEvent } from '#event-store';
import type { LicenseEvent } from '#license';
import type { Check } from './account.js';
import type { Closings } from './closings.js';
import type { Row } from './rows.js';

/** What an event moves each account by: debits positive, credits negative. They add up to nothing. */
interface Entry {
  readonly kind: EntryKind;
  readonly document: string;
  readonly moves: { readonly [column in Column]?: number };
}

const columns = [
  'cash_minor',
  'receivable_minor',
  'customer_credit_minor',
  'revenue_minor',
  'goodwill_expense_minor',
] as const;
type Column = (typeof columns)[number];

/** The entries of the journal that a license's events make, each in the month that was open where it stands in the log. */
export class JournalRows {
  readonly rows: Row[] = [];

  constructor(private readonly closings: Closings) {}

  add(license_id: string, event: LicenseEvent, recorded: RecordedEvent, check: Check): void {
    const entry = entryOf(event);
    if (entry === null) return;
    const { effectiveAt } = event.data;
    const amounts = Object.fromEntries(columns.map((column) => [column, entry.moves[column] ?? 0]));
    const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
    check('its debits are its credits', 0, total);
    const { id, revision, recordedAt, position } = recorded;
    const month = effectiveAt.slice(0, 7);
    const booked = this.closings.openMonthFor(month, position);
    this.rows.push({
      ...{ license_id, revision: Number(revision), month: booked, late_from: booked === month ? null : month },
      ...{ effective_at: effectiveAt, recorded_at: recordedAt.toISOString() },
      ...{ kind: entry.kind, document: entry.document, currency: currencyOf(event), ...amounts },
      ...{ event_id: id, commit_position: Number(position.commit), prepare_position: Number(position.prepare) },
    });
  }
}

function entryOf(event: LicenseEvent): Entry | null {
  switch (event.type) {
    case 'InvoiceIssued': {
      const { invoiceNumber: document, totalMinor, creditAppliedMinor, grossMinor } = event.data;
      if (totalMinor === 0 && creditAppliedMinor === 0 && grossMinor === 0) return null;
      const moves = {
        receivable_minor: totalMinor,
        customer_credit_minor: creditAppliedMinor,
        revenue_minor: 0 - grossMinor,
      };
      return { kind: 'invoice', document, moves };
    }
    case 'InvoicePaid': {
      const { invoiceNumber: document, amountMinor, method } = event.data;
      const kind = method === 'paid-elsewhere' ? 'paid-elsewhere' : 'payment';
      return { kind, document, moves: { cash_minor: amountMinor, receivable_minor: 0 - amountMinor } };
    }
    case 'SeatsReduced':
    case 'SeatsIncreased': {
      const { credit } = event.data;
      if (credit === null) return null;
      const kind = event.type === 'SeatsReduced' ? 'seat-credit' : 'seat-credit-reversal';
      const { entryNumber: document, amountMinor } = credit;
      return { kind, document, moves: { revenue_minor: amountMinor, customer_credit_minor: 0 - amountMinor } };
    }
    case 'CreditGranted': {
      const { entryNumber: document, amountMinor } = event.data.credit;
      const moves = { goodwill_expense_minor: amountMinor, customer_credit_minor: 0 - amountMinor };
      return { kind: 'goodwill', document, moves };
    }
    default:
      return null;
  }
}

function currencyOf({ data }: LicenseEvent): string {
  return 'currency' in data ? data.currency : '';
}
