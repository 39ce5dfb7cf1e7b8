import type { Catalogue, LicenseState } from '#license';
import { cycleNumber, dayBegins } from '../dates.js';
import { chargedLine, expiredAfterDays, momentAfterDue, oldestOpen, pastDueAfterDays } from './invoices.js';
import { priceAt } from './prices.js';
import type { Row } from './rows.js';

/** When something falls due of a license by itself; null when nothing does any more. */
export function nextDueAt(state: LicenseState): string | null {
  const moments = [nextBoundary(state), nextMissed(state)].filter((moment) => moment !== null);
  return moments.sort()[0] ?? null;
}

function nextCycle({ paid, startedOn, interval }: LicenseState) {
  return cycleNumber(paid === null ? 0 : paid.cycle.index + 1, startedOn, interval);
}

function nextBoundary(state: LicenseState): string | null {
  if (state.standing === 'expired' || state.cancellation) return null;
  return dayBegins(nextCycle(state).startsOn, state.timeZone);
}

function nextMissed(state: LicenseState): string | null {
  const oldest = oldestOpen(state);
  if (!oldest || state.standing === 'expired') return null;
  const days = state.standing === 'active' ? pastDueAfterDays : expiredAfterDays;
  const moment = momentAfterDue(oldest.dueOn, days, state.timeZone);
  const ends = state.cancellation && dayBegins(state.cancellation.endsOn, state.timeZone);
  return ends !== null && moment >= ends ? null : moment;
}

/**
 * What the next boundary will issue; nothing for a license that is not invoiced any more, and null where the catalogue
 * has no price: such a license is parked.
 */
export function nextInvoiceRows(state: LicenseState, catalogue: Catalogue): readonly Row[] | null {
  if (state.standing === 'expired' || state.cancellation) return [];
  const { licenseId, domain, plannedChange, currency, creditBalanceMinor } = state;
  const cycle = nextCycle(state);
  const planId = plannedChange && plannedChange.effectiveOn <= cycle.startsOn ? plannedChange.planId : state.planId;
  const price = priceAt(catalogue, planId, state, dayBegins(cycle.startsOn, state.timeZone));
  if (price === undefined) return null;
  const {
    billedDays: _,
    unitPriceMinor,
    amountMinor,
    ...line
  } = chargedLine({ ...state, planId }, cycle, cycle.startsOn, price);
  const appliedMinor = Math.min(creditBalanceMinor, amountMinor);
  return [
    {
      license_id: licenseId,
      domain,
      issues_on: cycle.startsOn,
      starts_on: cycle.startsOn,
      ends_on: cycle.endsOn,
      cycle_days: cycle.days,
      currency,
      lines: [{ ...line, unitPrice: { amount: unitPriceMinor, currency }, amount: { amount: amountMinor, currency } }],
      gross_minor: amountMinor,
      credit_applied_minor: appliedMinor,
      total_minor: amountMinor - appliedMinor,
      credit_balance_after_minor: creditBalanceMinor - appliedMinor,
    },
  ];
}
