import { decodeEvent, encodeEvent, upcasters, type Upcasters } from '#license';
import { Scenario } from '#testing';

describe('stored events', () => {
  it('come back as they went in', () => {
    for (const event of Scenario.license().addStaff(1).events) expect(decodeEvent(encodeEvent(event))).toEqual(event);
  });

  /** A history in which seat reductions once had no list of disabled staff, and before that called `from` `before`. */
  const later: Upcasters = {
    ...upcasters,
    SeatsReduced: [({ before, ...data }) => ({ ...data, from: before }), (data) => ({ ...data, disabledStaff: [] })],
  };

  it('are brought to the present version step by step', () => {
    const old = (version: number, data: unknown) => decodeEvent({ type: 'SeatsReduced', version, data }, later).data;
    expect(old(1, { before: 3, to: 2 })).toEqual({ from: 3, to: 2, disabledStaff: [] });
    expect(old(2, { from: 3, to: 2 })).toEqual({ from: 3, to: 2, disabledStaff: [] });
    expect(old(3, { from: 3, to: 2, disabledStaff: ['s1'] })).toEqual({ from: 3, to: 2, disabledStaff: ['s1'] });
  });

  it('tell who was added also where that was written in plain text', () => {
    const data = { effectiveAt: '2026-06-02T09:00:00.000Z', staffId: 's1', role: 'agent', activeStaff: 1 };
    const person = { email: 's1@acme.example', name: 'Agent 1' };
    const added = { type: 'StaffAdded', data: { ...data, person } };
    expect(decodeEvent({ type: 'StaffAdded', version: 1, data: { ...data, ...person } })).toEqual(added);
    expect(decodeEvent({ type: 'StaffAdded', version: 2, data: added.data })).toEqual(added);
  });

  it('are written at the present version', () => {
    const event = Scenario.license().payAll().when({ type: 'ChangeSeats', seats: 1 }).events.at(-1)!;
    expect(encodeEvent(event, later)).toMatchObject({ type: 'SeatsReduced', version: 3 });
  });

  it.each([
    ['SeatsReduced', 4],
    ['SeatsReduced', 0],
    ['SeatsReduced', Number.NaN],
    ['SeatsVanished', 1],
    ['toString', 1],
  ])('are not guessed at: %s version %d', (type, version) => {
    expect(() => decodeEvent({ type, version, data: {} }, later)).toThrow(/not known|not an event/);
  });
});
