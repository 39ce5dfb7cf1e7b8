import type { CreditEntry, Invoice, Propagation, Staff } from '#contracts';
import type { LicenseView, SeatChangeView } from '#license';
import { changesEntitlement, describeLicense, describeSeatChange, openedPropagation } from '#license';
import type { Catalogue as PlanEditions } from '#license';
import { shownPerson, type Persons } from '#personal-data';
import type { LicenseOutcome } from './license/license-outcome.js';
import { withKeyProblems } from './store-problems.js';

/** The license as it stands after the command. */
export interface LicenseAnswer extends LicenseView {
  readonly propagation: { readonly pending: number; readonly overdue: number };
  readonly revision: number;
}

export interface SeatChangeAnswer extends SeatChangeView {
  readonly propagation: Propagation;
  readonly revision: number;
}

export type { CreditEntry, Invoice };

/** A license that was registered just now: whatever changed its entitlement since has still to reach the instance. */
export function licenseAnswer({ state, events, revision }: LicenseOutcome): LicenseAnswer {
  const pending = events.filter(({ event }) => changesEntitlement(event)).length;
  return {
    ...describeLicense(state, state.effectiveAt),
    propagation: { pending, overdue: 0 },
    revision: Number(revision),
  };
}

export function seatChangeAnswer(outcome: LicenseOutcome, prices: PlanEditions): SeatChangeAnswer {
  const { state, events, revision } = outcome;
  const view = describeSeatChange(
    events.map(({ event }) => event),
    state,
    prices,
  );
  return { ...view, propagation: propagationAnswer(outcome), revision: Number(revision) };
}

/** @throws Error when no event of the command changed the entitlement */
export function propagationAnswer({ state, events }: LicenseOutcome): Propagation {
  for (const { event, revision } of events) {
    if (changesEntitlement(event)) return openedPropagation(state.licenseId, event, Number(revision));
  }
  throw new Error('no event of the command changed the entitlement');
}

/** A staff member as the command left it, by name where that may still be told. */
export async function staffAnswer({ state }: LicenseOutcome, staffId: string, persons: Persons): Promise<Staff> {
  const member = state.staff[staffId];
  if (member === undefined) throw new Error(`the license has no staff member '${staffId}'`);
  const { licenseId } = state;
  const { person, role, status } = member;
  const known = await withKeyProblems(persons.open(licenseId, staffId, person));
  return { staffId, licenseId, ...shownPerson(known), role, status };
}
