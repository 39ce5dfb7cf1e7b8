import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import {
  addDays,
  addHours,
  cycleAt,
  cycleOn,
  daysBetween,
  isInstant,
  isLocalDate,
  isTimeZone,
  localDateAt,
  startOfDay,
  toInstant,
  type BillingInterval,
} from '#calendar';

const boundaries = (startedOn: string, interval: BillingInterval, count: number) =>
  Array.from({ length: count }, (_, index) => cycleAt(startedOn, interval, index).endsOn);

describe('cycles', () => {
  it('counts each boundary from the start, so that the 31st comes back', () => {
    expect(boundaries('2026-01-31', 'month', 3)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(boundaries('2024-02-29', 'year', 4)).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  it('counts calendar dates', () => {
    expect(cycleAt('2026-01-31', 'month', 0)).toEqual({
      index: 0,
      startsOn: '2026-01-31',
      endsOn: '2026-02-28',
      days: 28,
    });
    expect(cycleAt('2027-02-28', 'year', 0).days).toBe(365);
  });

  const starts = fc
    .tuple(fc.integer({ min: 2000, max: 2060 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([year, month, day]) => addDays(`${year}-${String(month).padStart(2, '0')}-01`, day - 1));

  it('agrees with the calendar of Temporal', () => {
    fc.assert(
      fc.property(starts, fc.constantFrom('month' as const, 'year' as const), fc.nat(500), (start, interval, index) => {
        const duration = interval === 'month' ? { months: index } : { years: index };
        const boundary = Temporal.PlainDate.from(start).add(duration).toString();
        expect(cycleAt(start, interval, index).startsOn).toBe(boundary);
      }),
    );
  });

  it('leaves no gap and no overlap, and finds the cycle of every date', () => {
    fc.assert(
      fc.property(
        starts,
        fc.constantFrom<BillingInterval>('month', 'year'),
        fc.nat(15_000),
        (startedOn, interval, days) => {
          const date = addDays(startedOn, days);
          const cycle = cycleOn(startedOn, interval, date);
          expect(cycle.startsOn <= date && date < cycle.endsOn).toBe(true);
          expect(cycleAt(startedOn, interval, cycle.index + 1).startsOn).toBe(cycle.endsOn);
          expect(daysBetween(cycle.startsOn, cycle.endsOn)).toBe(cycle.days);
        },
      ),
    );
  });

  it('has no cycle before the start', () => {
    expect(() => cycleOn('2026-06-01', 'month', '2026-05-31')).toThrow(RangeError);
  });
});

describe('dates and instants', () => {
  it.each(['2026-02-30', '2026-13-01', '2026-6-1', '20260601', '', '2026-06-01T00:00'])('%p is no date', (text) =>
    expect(isLocalDate(text)).toBe(false),
  );
  it('takes real dates', () => expect(isLocalDate('2028-02-29')).toBe(true));
  it('takes instants in one form', () => {
    expect(isInstant('2026-06-01T00:00:00.000Z')).toBe(true);
    expect(isInstant('2026-06-01T00:00:00Z')).toBe(false);
  });
  it('adds hours', () => expect(addHours('2026-06-30T12:00:00.000Z', 24)).toBe('2026-07-01T12:00:00.000Z'));
});

describe('time zones', () => {
  it('knows names, not offsets', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('+02:00')).toBe(false);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });

  it('begins a day at its first moment', () => {
    expect(startOfDay('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    // Clocks in Cairo went from 00:00 to 01:00 on 2023-04-28: the day begins at 01:00 local time.
    expect(startOfDay('2023-04-28', 'Africa/Cairo')).toBe('2023-04-27T22:00:00.000Z');
  });

  it('tells the date at an instant, also around a midnight off the hour', () => {
    expect(localDateAt('2026-06-30T22:30:00.000Z', 'Europe/Berlin')).toBe('2026-07-01');
    expect(localDateAt('2026-06-30T18:14:59.999Z', 'Asia/Kathmandu')).toBe('2026-06-30');
    expect(localDateAt('2026-06-30T18:15:00.000Z', 'Asia/Kathmandu')).toBe('2026-07-01');
  });

  it('agrees with itself: the first moment of a day is in it, the moment before is not', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland', 'America/Sao_Paulo');
    fc.assert(
      fc.property(zones, fc.nat(20_000), (timeZone, days) => {
        const date = addDays('2000-01-01', days);
        const start = startOfDay(date, timeZone);
        expect(localDateAt(start, timeZone)).toBe(date);
        expect(localDateAt(toInstant(Date.parse(start) - 1), timeZone)).toBe(addDays(date, -1));
      }),
    );
  });
});
