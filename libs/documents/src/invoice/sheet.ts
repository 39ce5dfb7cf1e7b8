import { localDateAt } from '#calendar';
import type { ExplainedInvoice, InvoiceLine } from '#contracts';
import { formatAmount, formatCount, formatMoney, nameCurrency } from '../format/amount.js';
import { formatDate, formatPeriod } from '../format/date.js';
import { isolate, isolatedLines, isolateName } from '../format/text.js';
import { creditInWords } from './credit-in-words.js';
import type { InvoiceDocument, Seller } from './invoice-document.js';

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

export interface SheetLine {
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
}

/** A sentence with the amount that it leads to. */
export interface Item {
  readonly words: string;
  /** Its number in the ledger. */
  readonly reference: string;
  readonly amount: string;
}

/**
 * Every word and figure of an invoice as it is read, for whatever shows it. All text runs from left to right; what
 * strangers wrote is isolated in it.
 */
export interface InvoiceSheet {
  readonly title: string;
  readonly number: string;
  readonly isSpecimen: boolean;
  readonly seller: { readonly name: string; readonly details: readonly string[] };
  readonly customer: { readonly name: string; readonly details: readonly string[] };
  readonly facts: readonly Labelled[];
  readonly standing: { readonly status: ExplainedInvoice['status']; readonly amount: string; readonly words: string };
  readonly currency: string;
  readonly lines: readonly SheetLine[];
  readonly totals: readonly Labelled[];
  readonly open: Labelled;
  readonly credits: readonly Item[];
  readonly payments: readonly Item[];
  /** How to pay; empty when nothing is open. */
  readonly paymentInstructions: readonly string[];
  readonly notes: readonly string[];
}

export function invoiceSheet({ invoice, customer, seller }: InvoiceDocument): InvoiceSheet {
  const { invoiceNumber, cycle, explanation, total, open } = invoice;
  const { timeZone } = customer;
  return {
    title: `Invoice ${invoiceNumber}`,
    number: invoiceNumber,
    isSpecimen: seller.name === undefined,
    seller: sellerOf(seller),
    customer: {
      name: isolate(invoice.domain),
      details: [...isolatedLines(customer.address ?? ''), isolate(customer.billingEmail)],
    },
    facts: [
      { label: 'Issued', value: formatDate(invoice.issuedOn) },
      { label: 'Due', value: formatDate(invoice.dueOn) },
      { label: 'Billing period', value: formatPeriod(cycle.startsOn, cycle.endsOn) },
    ],
    standing: standingOf(invoice),
    currency: nameCurrency(total.currency),
    lines: invoice.lines.map(sheetLine),
    totals: [
      { label: 'Subtotal', value: formatAmount(invoice.gross) },
      { label: 'Credit applied', value: taken(invoice.creditApplied) },
      { label: 'Total', value: formatAmount(total) },
      { label: 'Paid', value: taken(invoice.paid) },
    ],
    open: { label: 'Amount due', value: formatMoney(open) },
    credits: explanation.credits.map((credit) => ({
      words: creditInWords(credit, timeZone),
      reference: credit.entryId,
      amount: taken(credit.used),
    })),
    payments: explanation.payments.map(({ effectiveAt, method, reference, amount }) => ({
      words: `Received on ${formatDate(localDateAt(effectiveAt, timeZone))} by ${isolate(method)}`,
      reference: isolate(reference),
      amount: taken(amount),
    })),
    paymentInstructions:
      open.amount === 0
        ? []
        : isolatedLines((seller.paymentInstructions ?? '').replaceAll('{invoiceNumber}', invoiceNumber)),
    notes: isolatedLines(seller.note ?? ''),
  };
}

function sellerOf({ name, address, taxId, contact }: Seller): InvoiceSheet['seller'] {
  if (name === undefined) return { name: 'Specimen', details: ['The seller is not configured yet.'] };
  return { name: isolate(name), details: [address, taxId, contact].flatMap((text) => isolatedLines(text ?? '')) };
}

function standingOf({ status, total, open, dueOn }: ExplainedInvoice): InvoiceSheet['standing'] {
  const standing = (amount: string, words: string) => ({ status, amount, words });
  if (total.amount === 0) return standing('Nothing to pay', 'The credit covers this invoice.');
  if (status === 'paid') return standing('Paid', 'Thank you. Nothing is open on this invoice.');
  const due = formatDate(dueOn);
  return standing(formatMoney(open), status === 'overdue' ? `Overdue: payment was due on ${due}.` : `Due on ${due}.`);
}

function sheetLine({ description, quantity, unitPrice, amount }: InvoiceLine): SheetLine {
  return {
    description: isolateName(description),
    quantity: formatCount(quantity),
    unitPrice: formatAmount(unitPrice),
    amount: formatAmount(amount),
  };
}

/** What comes off: with its minus, and without one when it is nothing. */
function taken({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  return formatAmount({ amount: 0 - amount, currency });
}
