import { cycleOn, localDateAt, type Cycle, type Instant } from '#calendar';
import type { HelpdeskAccess, License, LicenseStatus } from '#contracts';
import { money } from '#money';
import { staffCountMessage } from './decisions/staff.js';
import type { LicenseState } from './state.js';

/** What a license looks like to people and programs, at a moment; where it stands in its stream is added by who knows. */
export type LicenseView = Omit<License, 'propagation' | 'revision'>;

export function describeLicense(state: LicenseState, at: Instant): LicenseView {
  const cycle = currentCycle(state, at);
  return {
    licenseId: state.licenseId,
    domain: state.domain,
    billingEmail: state.billingEmail,
    status: statusOf(state),
    planId: state.planId,
    plannedChange: state.plannedChange,
    interval: state.interval,
    currency: state.currency,
    timeZone: state.timeZone,
    startedOn: state.startedOn,
    endsOn: state.cancellation?.endsOn ?? null,
    seats: state.seats,
    paidSeats: state.paid?.cycle.index === cycle.index ? state.paid.paidSeats : 0,
    activeStaff: state.activeStaff,
    personalDataErasedAt: state.personalDataErasedAt,
    cycle,
    creditBalance: money(state.creditBalanceMinor, state.currency),
    helpdesk: helpdeskAccess(state),
  };
}

export function statusOf(state: LicenseState): LicenseStatus {
  return state.cancellation ? 'cancelled' : state.standing;
}

/** A report above the seats locks the helpdesk until a report or a change of seats satisfies the rule again. */
export function helpdeskAccess(state: LicenseState): HelpdeskAccess {
  const active = state.reported?.active ?? 0;
  if (active <= state.seats) return { access: 'accessible', message: null };
  return {
    access: 'locked',
    message: `${staffCountMessage(active, state.seats)}. Please contact support for further assistance.`,
  };
}

/** Cycles pass while a license is expired, without an invoice; a cancelled one stays in its last. */
function currentCycle(state: LicenseState, at: Instant): Cycle {
  const { paid, cancellation, startedOn, interval, timeZone } = state;
  const today = localDateAt(at, timeZone);
  if (paid && (cancellation || today < paid.cycle.endsOn)) return paid.cycle;
  return cycleOn(startedOn, interval, today < startedOn ? startedOn : today);
}
