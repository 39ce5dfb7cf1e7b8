import { addDays, localDateAt, type Cycle, type Instant } from '#calendar';
import { prorate } from '#money';
import { termsAt, type PlanTerms } from './catalogue.js';
import { useOldest } from './credit.js';
import type { Draft } from './draft.js';
import type { InvoiceLine } from './events.js';
import { invoiceNumberOf } from './identity.js';

/** The vendor's grace period: an invoice is due this many days after its issue. */
export const graceDays = 7;

/** The method of the payments of a customer who was moved in: what came before was paid in another system. */
export const paidElsewhere = 'paid-elsewhere';

/**
 * Issues the invoice of `cycle`: the seats held now at the price of the moment, less what the credit balance covers.
 *
 * @param at when the invoice counts: the boundary itself, or the moment of a reactivation
 * @param billedDays how many days of the cycle are charged: all, or those left when a license comes back
 */
export function issueInvoice(draft: Draft, cycle: Cycle, at: Instant, billedDays: number): void {
  const { state } = draft;
  const terms = termsAt(draft.context.catalogue, state, at);
  const line = invoiceLine(terms, state.seats, cycle, billedDays);
  const grossMinor = line.amountMinor;
  const creditAppliedMinor = Math.min(state.creditBalanceMinor, grossMinor);
  const totalMinor = grossMinor - creditAppliedMinor;
  const invoiceNumber = invoiceNumberOf(state.domain, state.invoices + 1);
  const issuedOn = localDateAt(at, state.timeZone);
  draft.emit({
    type: 'InvoiceIssued',
    data: {
      effectiveAt: at,
      invoiceNumber,
      issuedOn,
      dueOn: addDays(issuedOn, graceDays),
      cycle,
      seats: state.seats,
      unitPriceMinor: terms.unitPriceMinor,
      currency: state.currency,
      lines: [line],
      grossMinor,
      creditAppliedMinor,
      totalMinor,
      grantsUsed: useOldest(state.grants, creditAppliedMinor),
      credit: draft.creditMovement(-creditAppliedMinor),
      creditBalanceMinor: state.creditBalanceMinor - creditAppliedMinor,
    },
  });
  const isPaid = state.paidThrough !== null && cycle.startsOn < state.paidThrough;
  if (isPaid && totalMinor > 0) {
    draft.emit({
      type: 'InvoicePaid',
      data: {
        effectiveAt: at,
        invoiceNumber,
        amountMinor: totalMinor,
        currency: state.currency,
        method: paidElsewhere,
        reference: `paid through ${state.paidThrough}`,
        openMinor: 0,
      },
    });
  }
}

function invoiceLine(terms: PlanTerms, seats: number, cycle: Cycle, billedDays: number): InvoiceLine {
  const { planId, name, unitPriceMinor } = terms;
  const from = addDays(cycle.endsOn, -billedDays);
  const part = billedDays < cycle.days ? ` (${billedDays} of ${cycle.days} days)` : '';
  return {
    description: `${name}: ${seats} ${seats === 1 ? 'seat' : 'seats'}, ${from} to ${addDays(cycle.endsOn, -1)}${part}`,
    planId,
    quantity: seats,
    unitPriceMinor,
    billedDays,
    amountMinor: prorate(unitPriceMinor, seats * billedDays, cycle.days),
  };
}
