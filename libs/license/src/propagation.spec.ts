import { entitlementChange, entitlementOf, evolvePropagation, missDeadline, settleChange } from '#license';
import { Scenario } from '#testing';

const reduced = Scenario.license().payAll().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
const change = entitlementChange(reduced.state.licenseId, reduced.events.at(-1)!, 3)!;
const deadline = '2026-06-12T09:00:00.000Z';
const acknowledged = { revision: 3, seats: 48 };

describe('the propagation of a change', () => {
  it('has 24 hours from the change', () => {
    expect(change).toMatchObject({
      kind: 'SeatsReduced',
      revision: 3,
      requestedAt: '2026-06-11T09:00:00.000Z',
      deadline,
    });
  });

  it('is opened by changes of the entitlement alone', () => {
    const kinds = reduced.events.map((event) => entitlementChange('l', event, 0)?.kind ?? null);
    expect(kinds).toEqual([null, null, null, 'SeatsReduced']);
  });

  it('is settled by an acknowledgement of its revision or a later one, once', () => {
    expect(settleChange(change, 'pending', { revision: 2, seats: 48 }, 'support', deadline)).toEqual([]);
    const [event] = settleChange(change, 'pending', { revision: 9, seats: 48 }, 'support', '2026-06-12T08:59:59.999Z');
    expect(event?.data).toMatchObject({ acknowledgedRevision: 9, late: false });
    expect(settleChange(change, evolvePropagation('pending', event!), acknowledged, 'support', deadline)).toEqual([]);
  });

  it('is overdue from the deadline on, however late that is noticed, and may still arrive, late', () => {
    expect(missDeadline(change, 'pending', 'support', '2026-06-12T08:59:59.999Z')).toEqual([]);
    const [overdue] = missDeadline(change, 'pending', 'support', '2026-06-20T00:00:00.000Z');
    expect(overdue?.data).toMatchObject({ effectiveAt: deadline, contact: 'support' });
    expect(missDeadline(change, evolvePropagation('pending', overdue!), 'support', deadline)).toEqual([]);
    const late = settleChange(change, 'overdue', acknowledged, 'support', '2026-06-20T00:00:00.000Z');
    expect(late).toMatchObject([{ type: 'ChangePropagated', data: { late: true } }]);
  });
});

describe('a change that arrives at its deadline', () => {
  it('was overdue first, whoever noticed: a scheduler that is late changes nothing', () => {
    expect(settleChange(change, 'pending', acknowledged, 'support', deadline)).toMatchObject([
      { type: 'ChangePropagationOverdue', data: { effectiveAt: deadline, contact: 'support' } },
      { type: 'ChangePropagated', data: { effectiveAt: deadline, late: true } },
    ]);
  });
});

describe('the entitlement', () => {
  const validUntil = (scenario: Scenario) => entitlementOf(scenario.state, 7).validUntil;

  it('is what the instance is allowed, with the revision that it is of', () => {
    expect(entitlementOf(reduced.state, 3)).toEqual({
      domain: 'acme.example',
      seats: 48,
      planId: 'team',
      status: 'active',
      validUntil: '2026-07-16T00:00:00.000Z',
      revision: 3,
    });
  });

  it('lasts until the license would expire, and a cancelled one to its end', () => {
    expect(validUntil(Scenario.license())).toBe('2026-06-16T00:00:00.000Z');
    expect(validUntil(Scenario.license().payAll().when({ type: 'CancelLicense' }))).toBe('2026-07-01T00:00:00.000Z');
    expect(validUntil(Scenario.license().when({ type: 'CancelLicense' }))).toBe('2026-06-16T00:00:00.000Z');
  });
});
