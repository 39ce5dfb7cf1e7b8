import type { Account, EntryKind } from '#contracts';
import { paidElsewhere, type CreditMovement, type LicenseEvent } from '#license';
import { isMinorAmount } from '#money';

/** One of the two amounts is zero, the other positive. */
export interface EntryLine {
  readonly account: Account;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

/** What one event puts into the books. */
export interface Entry {
  readonly kind: EntryKind;
  /** The number of the invoice or of the credit entry. */
  readonly document: string;
  readonly currency: string;
  readonly lines: readonly EntryLine[];
}

/** What an account moves by, in minor units: a debit is positive, a credit negative. */
type Move = readonly [account: Account, amountMinor: number];

/**
 * The entry that the event makes, or `null` when it moves no money. Every amount is one that the event states: nothing
 * is computed anew, so the books can't differ from the invoices and the credit ledger.
 *
 * @throws Error when the event's figures do not balance
 */
export function journalEntryOf(event: LicenseEvent): Entry | null {
  switch (event.type) {
    case 'InvoiceIssued': {
      const { invoiceNumber, currency, totalMinor, creditAppliedMinor, grossMinor } = event.data;
      return entry('invoice', invoiceNumber, currency, [
        ['receivable', totalMinor],
        ['customer-credit', creditAppliedMinor],
        ['revenue', -grossMinor],
      ]);
    }
    case 'InvoicePaid': {
      const { invoiceNumber, currency, amountMinor, method } = event.data;
      return entry(method === paidElsewhere ? 'paid-elsewhere' : 'payment', invoiceNumber, currency, [
        ['cash', amountMinor],
        ['receivable', -amountMinor],
      ]);
    }
    case 'SeatsReduced':
      return event.data.credit && seatCredit('seat-credit', event.data.credit, event.data.currency);
    case 'SeatsIncreased':
      return event.data.credit && seatCredit('seat-credit-reversal', event.data.credit, event.data.currency);
    case 'CreditGranted': {
      const { credit, currency } = event.data;
      return entry('goodwill', credit.entryNumber, currency, [
        ['goodwill-expense', credit.amountMinor],
        ['customer-credit', -credit.amountMinor],
      ]);
    }
    // Named one by one, so that a new event does not compile until somebody has said what it books.
    case 'LicenseRegistered':
    case 'PlanChangeScheduled':
    case 'PlanChanged':
    case 'StaffAdded':
    case 'StaffDisabled':
    case 'StaffEnabled':
    case 'StaffRemoved':
    case 'PersonalDataErased':
    case 'StaffCountReported':
    case 'BillingDetailsChanged':
    case 'LicensePastDue':
    case 'LicenseExpired':
    case 'LicenseExtended':
    case 'LicenseReactivated':
    case 'LicenseCancelled':
      return null;
  }
}

/** Seats that are given back take their part out of the revenue of the invoice; taken back, the amount is negative. */
function seatCredit(kind: EntryKind, credit: CreditMovement, currency: string): Entry | null {
  return entry(kind, credit.entryNumber, currency, [
    ['revenue', credit.amountMinor],
    ['customer-credit', -credit.amountMinor],
  ]);
}

function entry(kind: EntryKind, document: string, currency: string, moves: readonly Move[]): Entry | null {
  const differenceMinor = moves.reduce((sum, [, amountMinor]) => sum + amountMinor, 0);
  if (differenceMinor !== 0 || !moves.every(([, amountMinor]) => isMinorAmount(amountMinor))) {
    const figures = moves.map(([account, amountMinor]) => `${account} ${amountMinor}`).join(', ');
    throw new Error(`the entry of ${document} does not balance: ${figures}`);
  }
  const lines = moves.filter(([, amountMinor]) => amountMinor !== 0).map(lineOf);
  return lines.length === 0 ? null : { kind, document, currency, lines };
}

function lineOf([account, amountMinor]: Move): EntryLine {
  return { account, debitMinor: Math.max(0, amountMinor), creditMinor: Math.max(0, -amountMinor) };
}
