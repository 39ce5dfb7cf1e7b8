import fc from 'fast-check';
import { addDays, daysBetween, localDateAt } from '#calendar';
import {
  chargedCycle,
  creditOfSafeReductionMinor,
  moveSeatUse,
  seatUse,
  unchargedMinor,
  underPolicies,
  unusedSeats,
  type ChargedCycle,
  type LicenseEvent,
} from '#license';
import { histories, play, Scenario } from '#testing';

/** Every invoiced cycle of a history, by its index. */
function cyclesOf(events: readonly LicenseEvent[]): Map<number, ChargedCycle> {
  const cycles = new Map<number, ChargedCycle>();
  for (const event of events) {
    if (event.type === 'InvoiceIssued') cycles.set(event.data.cycle.index, chargedCycle(event));
    if (event.type === 'SeatsIncreased' || event.type === 'SeatsReduced') {
      const { index } = event.data.computation.cycle;
      const charged = cycles.get(index);
      if (charged) cycles.set(index, moveSeatUse(charged, seatUse(event)));
    }
  }
  return cycles;
}

/** Ten seats for June at 10.00, twelve from the 11th, eight from the 21st. */
const june = () =>
  Scenario.license({ seats: 10 })
    .payAll()
    .at('2026-06-11')
    .when({ type: 'ChangeSeats', seats: 12 })
    .at('2026-06-21')
    .when({ type: 'ChangeSeats', seats: 8 });

describe('what a cycle earns', () => {
  it('differs by policy when seats move within it', () => {
    const [cycle] = cyclesOf(june().events).values();
    expect(cycle).toMatchObject({ paidSeats: 10, highestSeats: 12, creditedSeatDays: 20, unchargedSeatDays: 20 });
    // 100.00 less 2 × 10.00 × 10/30; two seats for ten days more; twelve seats for the month.
    expect(underPolicies(cycle!)).toEqual({ nextCycleMinor: 9_333, proratedMinor: 10_000, highWaterMinor: 12_000 });
    expect(unchargedMinor(cycle!)).toBe(667);
  });

  it('is the same under each while nothing moves', () => {
    const [cycle] = cyclesOf(Scenario.license({ seats: 10 }).events).values();
    expect(underPolicies(cycle!)).toEqual({ nextCycleMinor: 10_000, proratedMinor: 10_000, highWaterMinor: 10_000 });
  });

  it('counts uncharged and credited seat-days as a count of each day does, for any history', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { events, state } = play(history);
        for (const charged of cyclesOf(events).values()) {
          const { cycle, billedDays, paidSeats, creditedSeatDays, unchargedSeatDays, highestSeats } = charged;
          let [uncharged, credited] = [0, 0];
          for (let day = 0; day < billedDays; day++) {
            const date = addDays(cycle.endsOn, day - billedDays);
            const seats = seatsOn(events, cycle.index, date, state.timeZone) ?? paidSeats;
            uncharged += Math.max(0, seats - paidSeats);
            credited += Math.max(0, paidSeats - seats);
          }
          expect([unchargedSeatDays, creditedSeatDays]).toEqual([uncharged, credited]);
          expect(highestSeats).toBeGreaterThanOrEqual(paidSeats);
          const { nextCycleMinor, proratedMinor, highWaterMinor } = underPolicies(charged);
          expect(proratedMinor).toBeGreaterThanOrEqual(nextCycleMinor);
          // Each part is rounded by itself.
          expect(highWaterMinor).toBeGreaterThanOrEqual(proratedMinor - 1);
          expect(daysBetween(cycle.startsOn, cycle.endsOn)).toBe(cycle.days);
        }
      }),
    );
  });
});

/** The seats that a date ends with, by the last change of the cycle on it or before; undefined before the first. */
function seatsOn(events: readonly LicenseEvent[], index: number, date: string, timeZone: string): number | undefined {
  let seats: number | undefined;
  for (const event of events) {
    if (event.type !== 'SeatsIncreased' && event.type !== 'SeatsReduced') continue;
    const { computation, effectiveAt, to } = event.data;
    if (computation.cycle.index === index && localDateAt(effectiveAt, timeZone) <= date) seats = to;
  }
  return seats;
}

describe('unused seats', () => {
  const used48of60 = () => Scenario.license({ seats: 60 }).payAll().when({ type: 'ReportStaffCount', active: 48 });

  it('are those beyond the staff, and what giving them back would earn', () => {
    const { state } = used48of60();
    expect(unusedSeats(state)).toEqual({ used: 48, unused: 12, safeSeats: 48 });
    expect(creditOfSafeReductionMinor(state, '2026-06-11T09:00:00.000Z')).toBe(8_000);
    expect(creditOfSafeReductionMinor(state, '2026-07-01T00:00:00.000Z')).toBe(0);
  });

  it('earn exactly what the reduction then gives', () => {
    const scenario = used48of60().at('2026-06-11');
    const expected = creditOfSafeReductionMinor(scenario.state, scenario.now);
    expect(scenario.when({ type: 'ChangeSeats', seats: 48 }).state.creditBalanceMinor).toBe(expected);
  });

  it('never come to fewer than one seat that is kept, and are no matter for a license that is cancelled', () => {
    const idle = Scenario.license({ seats: 3 }).payAll();
    expect(unusedSeats(idle.state)).toEqual({ used: 0, unused: 3, safeSeats: 1 });
    expect(unusedSeats(idle.when({ type: 'CancelLicense' }).state)).toBeNull();
  });
});
