import { isSealed, type LicenseEvent } from '#license';
import type { Account, Check } from './account.js';

type StaffEvent = LicenseEvent<'StaffAdded' | 'StaffDisabled' | 'StaffEnabled' | 'StaffRemoved'>;

const statusAfter = {
  StaffAdded: 'active',
  StaffDisabled: 'disabled',
  StaffEnabled: 'active',
  StaffRemoved: 'removed',
} as const;

/** The staff, one by one: how many are active is counted here, and held against what the event says. */
export function takeStaff({ state }: Account, event: StaffEvent, check: Check): void {
  const { type, data } = event;
  const known = Object.hasOwn(state.staff, data.staffId) ? state.staff[data.staffId] : undefined;
  check('staffId is new', type === 'StaffAdded', known === undefined);
  const status = statusAfter[type];
  const member =
    type === 'StaffAdded'
      ? { person: event.data.person, role: event.data.role, status }
      : known && { ...known, status };
  if (type === 'StaffAdded' && isSealed(event.data.person)) {
    check('person.key', state.personalDataKey, event.data.person.key);
  }
  if (member) state.staff = { ...state.staff, [data.staffId]: member };
  const active = Object.values(state.staff).filter((each) => each.status === 'active').length;
  check('activeStaff', active, data.activeStaff);
  if (status === 'active') check('more staff than seats', false, active > state.seats);
  if (state.reported) {
    state.reported = {
      ...state.reported,
      movedSince: state.reported.movedSince + data.activeStaff - state.activeStaff,
    };
  }
  state.activeStaff = data.activeStaff;
}

/** Whoever was there before is nobody now; who comes after is sealed under the next key. */
export function takeErasure({ state }: Account, { data }: LicenseEvent<'PersonalDataErased'>, check: Check): void {
  check('key', state.personalDataKey, data.key);
  check('staff', Object.values(state.staff).filter(({ person }) => person !== null).length, data.staff);
  for (const [staffId, member] of Object.entries(state.staff)) {
    state.staff = { ...state.staff, [staffId]: { ...member, person: null } };
  }
  state.personalDataKey = data.key + 1;
  state.personalDataErasedAt = data.effectiveAt;
}

export function takeReport({ state }: Account, { data }: LicenseEvent<'StaffCountReported'>, check: Check): void {
  check('seats', state.seats, data.seats);
  check('locked', data.active > state.seats, data.locked);
  state.reported = { active: data.active, movedSince: 0 };
}
