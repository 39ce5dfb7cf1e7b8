import fc from 'fast-check';
import {
  bookingOf,
  closePeriod,
  decodePeriodEvent,
  encodePeriodEvent,
  evolvePeriods,
  isMonth,
  monthAfter,
  monthBefore,
  monthOf,
  startOfMonth,
  type ClosedThrough,
} from '#accounting';

const noon = '2026-08-15T12:00:00.000Z';
const refusal = (month: string, closedThrough: ClosedThrough, now = noon) => {
  const decided = closePeriod(month, closedThrough, now);
  return 'refusal' in decided ? decided.refusal : null;
};

describe('months', () => {
  it.each(['2026-06', '2026-12', '0001-01'])('%s is one', (text) => expect(isMonth(text)).toBe(true));
  it.each(['2026-00', '2026-13', '2026-6', '2026-06-01', '', undefined, 202606])('%s is none', (text) =>
    expect(isMonth(text)).toBe(false),
  );

  it('follow each other, and begin at their first moment in UTC', () => {
    expect([monthAfter('2026-12'), monthBefore('2027-01'), monthAfter('0009-09')]).toEqual([
      '2027-01',
      '2026-12',
      '0009-10',
    ]);
    expect(monthOf('2026-06-30T23:59:59.999Z')).toBe('2026-06');
    expect(monthOf(startOfMonth('2026-07'))).toBe('2026-07');
  });
});

describe('closing a month', () => {
  it('is decided once it is over', () => {
    expect(refusal('2026-07', '2026-06', '2026-07-31T23:59:59.999Z')).toEqual({
      code: 'period-not-over',
      detail: '2026-07 is not over before 2026-08-01T00:00:00.000Z; it is 2026-07-31T23:59:59.999Z.',
      overAt: '2026-08-01T00:00:00.000Z',
    });
    expect(closePeriod('2026-07', '2026-06', '2026-08-01T00:00:00.000Z')).toEqual({
      accepted: [
        { type: 'AccountingPeriodClosed', data: { effectiveAt: '2026-08-01T00:00:00.000Z', month: '2026-07' } },
      ],
    });
  });

  it('happens once, and in order', () => {
    expect(refusal('2026-06', '2026-06')).toMatchObject({ code: 'period-closed', closedThrough: '2026-06' });
    expect(refusal('2025-01', '2026-06')).toMatchObject({ code: 'period-closed' });
    expect(refusal('2026-08', '2026-06')).toMatchObject({ code: 'period-out-of-order', next: '2026-07' });
  });

  it('may begin with any month that is over', () => {
    expect(refusal('2020-02', null)).toBeNull();
    expect(refusal('2026-08', null)).toMatchObject({ code: 'period-not-over' });
  });

  it('survives its way into the store and back', () => {
    const decided = closePeriod('2026-07', null, noon);
    if (!('accepted' in decided)) throw new Error('refused');
    const [event] = decided.accepted;
    expect(decodePeriodEvent(encodePeriodEvent(event!))).toEqual(event);
    expect(evolvePeriods(null, event!)).toBe('2026-07');
  });

  it.each([
    [{ type: 'AccountingPeriodOpened', version: 1, data: {} }, 'is not an event of an accounting period'],
    [{ type: 'AccountingPeriodClosed', version: 2, data: {} }, 'version 2 is not known'],
    [{ type: 'AccountingPeriodClosed', version: 1, data: { month: 'June' } }, "about 'June', which is no month"],
  ])('does not guess at %j', (stored, reason) => expect(() => decodePeriodEvent(stored)).toThrow(reason));
});

describe('booking', () => {
  it('puts an event into its own month while that is open', () => {
    expect(bookingOf('2026-06-30T23:59:59.999Z', null)).toEqual({ month: '2026-06', lateFrom: null });
    expect(bookingOf('2026-06-30T23:59:59.999Z', '2026-05')).toEqual({ month: '2026-06', lateFrom: null });
  });

  it('puts a late one into the first month that is open, and says so', () => {
    expect(bookingOf('2026-06-10T00:00:00.000Z', '2026-06')).toEqual({ month: '2026-07', lateFrom: '2026-06' });
    expect(bookingOf('2024-01-31T00:00:00.000Z', '2026-12')).toEqual({ month: '2027-01', lateFrom: '2024-01' });
  });

  it('never reaches a closed month, and never goes before the event itself', () => {
    const instants = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(instants, fc.option(instants.map(monthOf)), (effectiveAt, closedThrough) => {
        const { month, lateFrom } = bookingOf(effectiveAt, closedThrough);
        if (closedThrough !== null) expect(month > closedThrough).toBe(true);
        expect(lateFrom ?? month).toBe(monthOf(effectiveAt));
        expect(lateFrom === null || lateFrom < month).toBe(true);
      }),
    );
  });
});
