import type { LicenseEvent } from '#license';
import { cycleNumber } from '../dates.js';
import { nextChangeId, type Account, type Check } from './account.js';
import { expiredAfterDays, momentAfterDue, oldestOpen, pastDueAfterDays } from './invoices.js';

/** A payment that was missed: of the oldest open invoice, at its own moment. */
export function takeMissed(
  { state }: Account,
  { type, data }: LicenseEvent<'LicensePastDue' | 'LicenseExpired'>,
  check: Check,
): void {
  const oldest = oldestOpen(state);
  const days = type === 'LicensePastDue' ? pastDueAfterDays : expiredAfterDays;
  check('changeId', nextChangeId(state), data.changeId);
  check('invoiceNumber', oldest?.invoiceNumber, data.invoiceNumber);
  check('dueOn', oldest?.dueOn, data.dueOn);
  if (oldest) {
    const due = momentAfterDue(oldest.dueOn, days, state.timeZone);
    check('effectiveAt', due > state.effectiveAt ? due : state.effectiveAt, data.effectiveAt);
  }
  check('the standing before', type === 'LicensePastDue' ? 'active' : 'past_due', state.standing);
  state.standing = type === 'LicensePastDue' ? 'past_due' : 'expired';
  state.changes += 1;
}

export function takeReactivation(account: Account, { data }: LicenseEvent<'LicenseReactivated'>, check: Check): void {
  const { state } = account;
  check('changeId', nextChangeId(state), data.changeId);
  check('from', state.standing, data.from);
  account.isBack = true;
  state.standing = data.to;
  state.changes += 1;
}

export function takeCancellation({ state }: Account, { data }: LicenseEvent<'LicenseCancelled'>, check: Check): void {
  check('changeId', nextChangeId(state), data.changeId);
  check('endsOn', state.paid?.cycle.endsOn, data.endsOn);
  check('cancelled before', false, state.cancellation !== null);
  state.cancellation = { endsOn: data.endsOn };
  state.plannedChange = null;
  state.changes += 1;
}

export function takePlan({ state }: Account, { data }: LicenseEvent<'PlanChangeScheduled'>, check: Check): void {
  check('fromPlanId', state.planId, data.fromPlanId);
  const next = (state.paid?.cycle.index ?? -1) + 1;
  check('effectiveOn', cycleNumber(next, state.startedOn, state.interval).startsOn, data.effectiveOn);
  const { toPlanId: planId, effectiveOn } = data;
  state.plannedChange = planId === state.planId ? null : { planId, effectiveOn };
}

export function takePlanChange({ state }: Account, { data }: LicenseEvent<'PlanChanged'>, check: Check): void {
  check('changeId', nextChangeId(state), data.changeId);
  check('fromPlanId', state.planId, data.fromPlanId);
  check('toPlanId', state.plannedChange?.planId, data.toPlanId);
  state.planId = data.toPlanId;
  state.plannedChange = null;
  state.changes += 1;
}
