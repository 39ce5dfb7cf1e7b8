import { Scenario } from '#testing';

const license = () => Scenario.license({ seats: 5 }).payAll().at('2026-06-02').addStaff(3);

describe('erasing the personal data of a license', () => {
  it('forgets who the staff are, and nothing else', () => {
    const scenario = license().when({ type: 'RemoveStaff', staffId: 's2' });
    const before = scenario.state;
    scenario.when({ type: 'ErasePersonalData' });
    expect(scenario.lastTypes).toEqual(['PersonalDataErased']);
    expect(scenario.latest('PersonalDataErased')).toEqual({
      effectiveAt: '2026-06-02T09:00:00.000Z',
      key: 1,
      staff: 3,
    });
    const { staff, personalDataKey, personalDataErasedAt, effectiveAt, ...rest } = scenario.state;
    expect(staff).toEqual({
      s1: { person: null, role: 'agent', status: 'active' },
      s2: { person: null, role: 'agent', status: 'removed' },
      s3: { person: null, role: 'agent', status: 'active' },
    });
    expect([personalDataKey, personalDataErasedAt]).toEqual([2, effectiveAt]);
    expect(before).toMatchObject(rest);
  });

  it('leaves all rules as they are', () => {
    const scenario = license().when({ type: 'ErasePersonalData' });
    scenario.when({ type: 'DisableStaff', staffId: 's1' });
    expect(scenario.latest('StaffDisabled')).toMatchObject({ staffId: 's1', activeStaff: 2 });
    const person = { email: 's1@acme.example', name: 'Agent 1' };
    expect(scenario.when({ type: 'AddStaff', staffId: 's1', person, role: 'agent' }).refusal?.code).toBe(
      'staff-exists',
    );
    expect(scenario.when({ type: 'ChangeSeats', seats: 1 }).refusal?.code).toBe('staff-count-exceeded');
  });

  it('is done when nobody is known, until somebody is again', () => {
    const scenario = license().when({ type: 'ErasePersonalData' }).when({ type: 'ErasePersonalData' });
    expect(scenario.decision).toEqual({ rolled: [], accepted: [] });
    const person = { key: 2, sealed: 'c2VhbGVk' };
    scenario.when({ type: 'AddStaff', staffId: 'new', person, role: 'admin' }).when({ type: 'ErasePersonalData' });
    expect(scenario.latest('PersonalDataErased')).toMatchObject({ key: 2, staff: 1 });
    expect(scenario.state.personalDataKey).toBe(3);
  });

  it('is done on a license without staff, and on one that has ended', () => {
    expect(Scenario.license().when({ type: 'ErasePersonalData' }).lastTypes).toEqual([]);
    const ended = license().when({ type: 'CancelLicense' }).at('2027-01-01').when({ type: 'ErasePersonalData' });
    expect(ended.refusal).toBeNull();
    expect(ended.latest('PersonalDataErased')).toMatchObject({ staff: 3 });
    const expired = license().at('2026-08-15').when({ type: 'ErasePersonalData' });
    expect(expired.state.standing).toBe('expired');
    expect(expired.latest('PersonalDataErased')).toMatchObject({ staff: 3 });
  });
});
