import { helpdeskAccess, reportedStaffCount } from '#license';
import { Scenario } from '#testing';

const three = { email: 's3@acme.example', name: 'Three' };

const licenseWithStaff = (seats: number, staff: number) =>
  Scenario.license({ seats }).payAll().at('2026-06-02').addStaff(staff);

describe('staff', () => {
  it('is added up to the seats, and not beyond', () => {
    const scenario = licenseWithStaff(5, 6);
    expect(scenario.refusal).toMatchObject({ code: 'staff-count-exceeded', activeStaff: 6, seats: 5, disable: 1 });
    expect(scenario.refusal?.detail).toContain('Staff count exceeded. (6 > 5)');
    expect(scenario.state.activeStaff).toBe(5);
  });

  it('gives its seat free when disabled, and needs one to be enabled', () => {
    const scenario = licenseWithStaff(2, 2).when({ type: 'DisableStaff', staffId: 's1', reason: 'on leave' });
    expect(scenario.latest('StaffDisabled')).toMatchObject({ staffId: 's1', reason: 'on leave', activeStaff: 1 });
    scenario.when({ type: 'AddStaff', staffId: 's3', person: three, role: 'admin' });
    expect(scenario.when({ type: 'EnableStaff', staffId: 's1' }).refusal?.code).toBe('staff-count-exceeded');
    scenario.when({ type: 'RemoveStaff', staffId: 's2' }).when({ type: 'EnableStaff', staffId: 's1' });
    expect(scenario.lastTypes).toEqual(['StaffEnabled']);
    expect(scenario.state.activeStaff).toBe(2);
  });

  it('changes nothing when it is so already', () => {
    const scenario = licenseWithStaff(2, 1).when({ type: 'EnableStaff', staffId: 's1' });
    expect(scenario.decision).toEqual({ rolled: [], accepted: [] });
  });

  it.each([
    ['an id that is taken', { type: 'AddStaff', staffId: 's1', person: three, role: 'agent' }, 'staff-exists'],
    ['somebody unknown', { type: 'DisableStaff', staffId: 'nobody' }, 'not-found'],
    ['a name of the language', { type: 'DisableStaff', staffId: 'constructor' }, 'not-found'],
    ['somebody who was removed', { type: 'EnableStaff', staffId: 's2' }, 'not-found'],
  ] as const)('is refused for %s', (_, command, code) => {
    const scenario = licenseWithStaff(5, 2).when({ type: 'RemoveStaff', staffId: 's2' }).when(command);
    expect(scenario.refusal?.code).toBe(code);
  });
});

describe('the count that an instance reports', () => {
  it('locks the helpdesk above the seats, and a later report unlocks it', () => {
    const scenario = licenseWithStaff(2, 0).when({ type: 'ReportStaffCount', active: 3 });
    expect(helpdeskAccess(scenario.state)).toEqual({
      access: 'locked',
      message: 'Staff count exceeded. (3 > 2). Please contact support for further assistance.',
    });
    scenario.when({ type: 'ReportStaffCount', active: 2 });
    expect(helpdeskAccess(scenario.state)).toEqual({ access: 'accessible', message: null });
  });

  it('unlocks when seats are added', () => {
    const scenario = licenseWithStaff(2, 0).when({ type: 'ReportStaffCount', active: 3 });
    scenario.when({ type: 'ChangeSeats', seats: 3 });
    expect(helpdeskAccess(scenario.state).access).toBe('accessible');
  });

  it('is an event only when it is news', () => {
    const scenario = licenseWithStaff(2, 1).when({ type: 'ReportStaffCount', active: 1 });
    expect(scenario.lastTypes).toEqual(['StaffCountReported']);
    expect(scenario.when({ type: 'ReportStaffCount', active: 1 }).lastTypes).toEqual([]);
    scenario.when({ type: 'DisableStaff', staffId: 's1' });
    expect(reportedStaffCount(scenario.state)).toBe(0);
    expect(scenario.when({ type: 'ReportStaffCount', active: 1 }).lastTypes).toEqual(['StaffCountReported']);
  });
});
