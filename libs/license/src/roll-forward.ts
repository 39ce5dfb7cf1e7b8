import { addDays, cycleAt, cycleOn, daysBetween, latest, startOfDay, type Cycle, type Instant } from '#calendar';
import type { Draft } from './draft.js';
import type { Standing } from './events.js';
import { graceDays, issueInvoice } from './invoice.js';
import type { LicenseState, OpenInvoice } from './state.js';

/** From past due to expired. */
const expiryDays = 7;

/** A fact that falls due by itself, and when. */
interface DueFact {
  readonly at: Instant;
  readonly kind: 'past-due' | 'expired' | 'boundary';
}

/** When the license next needs to be touched, or `null` when nothing falls due by itself any more. */
export function nextDueAt(state: LicenseState): Instant | null {
  return nextDue(state)?.at ?? null;
}

/**
 * Emits everything that fell due up to now, each with its own moment as its effective time, in the order of those
 * moments. Nothing here looks at how late it is called: rolling forward in one step or in many gives the same events.
 */
export function rollForward(draft: Draft): void {
  for (let due = nextDue(draft.state); due !== null && due.at <= draft.now; due = nextDue(draft.state)) {
    // The first cycle begins with its day, the license only when it is registered, in the course of that day.
    const at = latest(due.at, draft.state.effectiveAt);
    if (due.kind === 'boundary') passBoundary(draft, at);
    else missPayment(draft, at, due.kind);
  }
}

/** The next cycle begins: a planned change takes effect, and the cycle is invoiced. */
export function passBoundary(draft: Draft, at: Instant): void {
  const cycle = nextCycle(draft.state);
  changePlanIfDue(draft, cycle, at);
  issueInvoice(draft, cycle, at, cycle.days);
}

/** The cycle that the next boundary begins, whatever the license's standing. */
export function nextCycle(state: LicenseState): Cycle {
  return cycleAt(state.startedOn, state.interval, state.paid === null ? 0 : state.paid.cycle.index + 1);
}

/** The standing that the open invoices call for at a moment. */
export function standingAt(state: LicenseState, at: Instant): Standing {
  const oldest = oldestOpenInvoice(state);
  if (!oldest || at < pastDueAt(state, oldest)) return 'active';
  return at < expiresAt(state, oldest) ? 'past_due' : 'expired';
}

/**
 * Brings a license back whose invoices allow it. If it stands in a cycle that was not invoiced while it was expired,
 * the rest of that cycle, today included, is invoiced at once.
 */
export function reactivate(draft: Draft, to: Standing): void {
  const { state, now, today } = draft;
  const changeId = draft.nextChangeId();
  draft.emit({ type: 'LicenseReactivated', data: { effectiveAt: now, changeId, from: state.standing, to } });
  if (state.cancellation !== null || state.paid === null || today < state.paid.cycle.endsOn) return;
  const cycle = cycleOn(state.startedOn, state.interval, today);
  changePlanIfDue(draft, cycle, now);
  issueInvoice(draft, cycle, now, daysBetween(today, cycle.endsOn));
}

export function oldestOpenInvoice(state: LicenseState): OpenInvoice | undefined {
  return state.openInvoices.reduce<OpenInvoice | undefined>(
    (oldest, invoice) => (oldest && oldest.dueOn <= invoice.dueOn ? oldest : invoice),
    undefined,
  );
}

/** The first moment of the day after the due date. */
export function pastDueAt(state: LicenseState, invoice: OpenInvoice): Instant {
  return startOfDay(addDays(invoice.dueOn, 1), state.timeZone);
}

/** When the license expires if nobody pays any more: by its oldest open invoice, or else by the next one. */
export function earliestExpiry(state: LicenseState): Instant {
  const oldest = oldestOpenInvoice(state);
  if (oldest) return expiresAt(state, oldest);
  return startOfDay(addDays(nextCycle(state).startsOn, graceDays + 1 + expiryDays), state.timeZone);
}

function expiresAt(state: LicenseState, invoice: OpenInvoice): Instant {
  return startOfDay(addDays(invoice.dueOn, 1 + expiryDays), state.timeZone);
}

function nextDue(state: LicenseState): DueFact | null {
  const missed = nextMissedPayment(state);
  const boundary = nextBoundary(state);
  if (missed === null || boundary === null) return missed ?? boundary;
  // At the same moment the license expires first: an expired license is not invoiced.
  return missed.at <= boundary.at ? missed : boundary;
}

function nextBoundary(state: LicenseState): DueFact | null {
  if (state.standing === 'expired' || state.cancellation !== null) return null;
  return { at: startOfDay(nextCycle(state).startsOn, state.timeZone), kind: 'boundary' };
}

function nextMissedPayment(state: LicenseState): DueFact | null {
  const oldest = oldestOpenInvoice(state);
  if (!oldest || state.standing === 'expired') return null;
  const fact: DueFact =
    state.standing === 'active'
      ? { at: pastDueAt(state, oldest), kind: 'past-due' }
      : { at: expiresAt(state, oldest), kind: 'expired' };
  // A cancelled license that has ended changes its standing no more.
  const over = state.cancellation !== null && fact.at >= startOfDay(state.cancellation.endsOn, state.timeZone);
  return over ? null : fact;
}

function missPayment(draft: Draft, at: Instant, kind: 'past-due' | 'expired'): void {
  const oldest = oldestOpenInvoice(draft.state);
  if (!oldest) return;
  const { invoiceNumber, dueOn } = oldest;
  const data = { effectiveAt: at, changeId: draft.nextChangeId(), invoiceNumber, dueOn };
  draft.emit({ type: kind === 'expired' ? 'LicenseExpired' : 'LicensePastDue', data });
}

function changePlanIfDue(draft: Draft, cycle: Cycle, at: Instant): void {
  const { planId, plannedChange } = draft.state;
  if (plannedChange === null || plannedChange.effectiveOn > cycle.startsOn) return;
  draft.emit({
    type: 'PlanChanged',
    data: { effectiveAt: at, changeId: draft.nextChangeId(), fromPlanId: planId, toPlanId: plannedChange.planId },
  });
}
