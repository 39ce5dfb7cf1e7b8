import type { LocalDate } from '#calendar';
import type { Invoice } from '#contracts';
import { money } from '#money';
import type { LicenseEvent, LicenseEventData } from './events.js';
import type { InvoiceStory } from './explanation/invoice-story.js';
import { describeLine } from './next-invoice.js';

/** An invoice as its events have it: what was issued, and what became of it. */
export interface InvoiceHistory {
  readonly issued: LicenseEventData['InvoiceIssued'];
  readonly dueOn: LocalDate;
  readonly openMinor: number;
}

/** Folds one event into the history of the invoice of that number; those of others leave it as it is. */
export function evolveInvoice(
  history: InvoiceHistory | null,
  invoiceNumber: string,
  event: LicenseEvent,
): InvoiceHistory | null {
  if (!('invoiceNumber' in event.data) || event.data.invoiceNumber !== invoiceNumber) return history;
  if (event.type === 'InvoiceIssued') {
    return { issued: event.data, dueOn: event.data.dueOn, openMinor: event.data.totalMinor };
  }
  if (history === null) throw new Error(`${event.type} of ${invoiceNumber}, which was not issued`);
  if (event.type === 'InvoicePaid') return { ...history, openMinor: event.data.openMinor };
  return event.type === 'LicenseExtended' ? { ...history, dueOn: event.data.dueOnTo } : history;
}

/** An invoice's history from its story. */
export function invoiceHistory({ issued, payments, extensions }: InvoiceStory): InvoiceHistory {
  const { data } = issued.event;
  return {
    issued: data,
    dueOn: extensions.at(-1)?.event.data.dueOnTo ?? data.dueOn,
    openMinor: payments.at(-1)?.event.data.openMinor ?? data.totalMinor,
  };
}

/** @param today the license's local date, which tells whether an unpaid invoice is overdue */
export function describeInvoice(
  { issued, dueOn, openMinor }: InvoiceHistory,
  { licenseId, domain }: { readonly licenseId: string; readonly domain: string },
  today: LocalDate,
): Invoice {
  const { currency, cycle } = issued;
  return {
    invoiceNumber: issued.invoiceNumber,
    licenseId,
    domain,
    status: openMinor === 0 ? 'paid' : dueOn < today ? 'overdue' : 'open',
    issuedOn: issued.issuedOn,
    dueOn,
    cycle: { startsOn: cycle.startsOn, endsOn: cycle.endsOn, days: cycle.days },
    lines: issued.lines.map((line) => describeLine(line, currency)),
    gross: money(issued.grossMinor, currency),
    creditApplied: money(issued.creditAppliedMinor, currency),
    total: money(issued.totalMinor, currency),
    paid: money(issued.totalMinor - openMinor, currency),
    open: money(openMinor, currency),
  };
}
