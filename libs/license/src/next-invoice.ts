import { startOfDay } from '#calendar';
import type { InvoiceLine as DescribedLine, NextInvoice } from '#contracts';
import { money } from '#money';
import type { Catalogue } from './catalogue.js';
import { Draft } from './draft.js';
import type { InvoiceLine, LicenseEventData } from './events.js';
import { nextCycle, passBoundary } from './roll-forward.js';
import type { LicenseState } from './state.js';

/**
 * The invoice that the next boundary issues if nothing else happens: that very boundary is passed, on paper.
 * `null` when no boundary will issue one (expired or cancelled).
 */
export function nextInvoice(state: LicenseState, catalogue: Catalogue): NextInvoice | null {
  if (state.standing === 'expired' || state.cancellation !== null) return null;
  const at = startOfDay(nextCycle(state).startsOn, state.timeZone);
  const onPaper = new Draft(state, { now: at, catalogue });
  passBoundary(onPaper, at);
  const issued = onPaper.events.find((event) => event.type === 'InvoiceIssued');
  if (issued === undefined) throw new Error('a boundary issues an invoice');
  return describeNextInvoice(state, issued.data);
}

/** An invoice line with its amounts as money. */
export function describeLine(line: InvoiceLine, currency: string): DescribedLine {
  return {
    description: line.description,
    planId: line.planId,
    quantity: line.quantity,
    unitPrice: money(line.unitPriceMinor, currency),
    amount: money(line.amountMinor, currency),
  };
}

function describeNextInvoice(
  { licenseId, domain }: LicenseState,
  issued: LicenseEventData['InvoiceIssued'],
): NextInvoice {
  const { currency } = issued;
  const { startsOn, endsOn, days } = issued.cycle;
  return {
    licenseId,
    domain,
    issuesOn: issued.issuedOn,
    cycle: { startsOn, endsOn, days },
    lines: issued.lines.map((line) => describeLine(line, currency)),
    gross: money(issued.grossMinor, currency),
    creditApplied: money(issued.creditAppliedMinor, currency),
    total: money(issued.totalMinor, currency),
    creditBalanceAfter: money(issued.creditBalanceMinor, currency),
  };
}
