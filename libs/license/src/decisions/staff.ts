import type { LicenseCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { invalid, type Refusal } from '../refusal.js';
import type { LicenseState, StaffMember } from '../state.js';
import { refuseIfEnded } from './standing.js';

export function addStaff(command: LicenseCommand<'AddStaff'>, draft: Draft): Refusal | undefined {
  const { staffId, person, role } = command;
  const { state, now: effectiveAt } = draft;
  const refusal = refuseIfEnded(draft);
  if (refusal) return refusal;
  if (memberOf(state, staffId)) {
    return { code: 'staff-exists', detail: `There is a staff member '${staffId}' already.`, staffId };
  }
  const activeStaff = state.activeStaff + 1;
  if (activeStaff > state.seats) return staffCountExceeded(activeStaff, state.seats, state.licenseId);
  draft.emit({ type: 'StaffAdded', data: { effectiveAt, staffId, person, role, activeStaff } });
  return undefined;
}

/** Disables, enables or removes. Asking for what is so already is no error and changes nothing. */
export function moveStaff(
  command: LicenseCommand<'DisableStaff' | 'EnableStaff' | 'RemoveStaff'>,
  draft: Draft,
): Refusal | undefined {
  const refusal = refuseIfEnded(draft);
  if (refusal) return refusal;
  const member = memberOf(draft.state, command.staffId);
  if (!member || (member.status === 'removed' && command.type !== 'RemoveStaff')) {
    return { code: 'not-found', detail: `There is no staff member '${command.staffId}' on this license.` };
  }
  const [type, wanted] = moves[command.type];
  if (member.status === wanted) return undefined;
  const activeStaff = draft.state.activeStaff + seatsTaken(wanted) - seatsTaken(member.status);
  if (wanted === 'active' && activeStaff > draft.state.seats) {
    return staffCountExceeded(activeStaff, draft.state.seats, draft.state.licenseId);
  }
  const { staffId, reason = null } = command;
  draft.emit({ type, data: { effectiveAt: draft.now, staffId, reason, activeStaff } });
  return undefined;
}

/** Disables the staff that a reduction names; each must be active and named once. */
export function disableStaff(staffIds: readonly string[], draft: Draft): Refusal | undefined {
  for (const [index, staffId] of staffIds.entries()) {
    if (memberOf(draft.state, staffId)?.status !== 'active') {
      return invalid(`disableStaff[${index}]`, `'${staffId}' is not an active staff member, or is named twice`);
    }
    const activeStaff = draft.state.activeStaff - 1;
    const data = { effectiveAt: draft.now, staffId, reason: 'seats reduced', activeStaff };
    draft.emit({ type: 'StaffDisabled', data });
  }
  return undefined;
}

/** Takes down what the instance reports. A count above the seats locks the helpdesk; that is a fact and not an error. */
export function reportStaffCount(active: number, draft: Draft): Refusal | undefined {
  const { seats, reported } = draft.state;
  // Instances report over and over: only news is worth an event.
  if (reported?.active === active && reported.movedSince === 0) return undefined;
  draft.emit({
    type: 'StaffCountReported',
    data: { effectiveAt: draft.now, active, seats, locked: active > seats },
  });
  return undefined;
}

/**
 * The staff count that a reduction must not go below: the ledger's own, or the instance's last report (moved along by
 * what was disabled and enabled since) when that is higher. Going below either would lock the helpdesk.
 */
export function guardedStaffCount(state: LicenseState): number {
  return Math.max(state.activeStaff, reportedStaffCount(state) ?? 0);
}

/** The instance's own count as far as it is known, or `null` when it never reported. */
export function reportedStaffCount(state: LicenseState): number | null {
  return state.reported && Math.max(0, state.reported.active + state.reported.movedSince);
}

export function staffCountMessage(active: number, seats: number): string {
  return `Staff count exceeded. (${active} > ${seats})`;
}

export function staffCountExceeded(active: number, seats: number, licenseId: string): Refusal {
  const excess = active - seats;
  const who = excess === 1 ? '1 staff member' : `${excess} staff members`;
  return {
    code: 'staff-count-exceeded',
    detail: `${staffCountMessage(active, seats)}. Disable ${who} first (POST /v1/licenses/${licenseId}/staff/{staffId}/disable), name them in disableStaff of a seat change, or buy more seats.`,
    activeStaff: active,
    seats,
    disable: excess,
  };
}

const moves = {
  DisableStaff: ['StaffDisabled', 'disabled'],
  EnableStaff: ['StaffEnabled', 'active'],
  RemoveStaff: ['StaffRemoved', 'removed'],
} as const;

function memberOf(state: LicenseState, staffId: string): StaffMember | undefined {
  return Object.hasOwn(state.staff, staffId) ? state.staff[staffId] : undefined;
}

function seatsTaken(status: StaffMember['status']): number {
  return status === 'active' ? 1 : 0;
}
