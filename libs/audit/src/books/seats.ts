import type { LicenseEvent } from '#license';
import { proratedMinor } from '../arithmetic.js';
import { dateIn, daysFrom } from '../dates.js';
import { checkCredit, moveCredit, nextChangeId, taken, type Account, type Check } from './account.js';

/** Seats that come and go, and what they earn: the formula of the rules, figure by figure. */
export function takeSeats(
  account: Account,
  { type, data }: LicenseEvent<'SeatsIncreased' | 'SeatsReduced'>,
  check: Check,
): void {
  const { state } = account;
  const { paid } = state;
  check('from', state.seats, data.from);
  check('currency', state.currency, data.currency);
  check('changeId', nextChangeId(state), data.changeId);
  check('to', type === 'SeatsIncreased', data.to > data.from);
  if (type === 'SeatsReduced') check('to, with so many active staff', true, data.to >= state.activeStaff);
  if (paid === null) return check('computation.cycle', null, data.computation.cycle);

  const remainingDays = daysFrom(dateIn(data.effectiveAt, state.timeZone), paid.cycle.endsOn);
  const creditedSeatsBefore = Math.max(0, paid.paidSeats - state.seats);
  const creditedSeatsAfter = Math.max(0, paid.paidSeats - data.to);
  const seatDaysAfter = paid.seatDays + (creditedSeatsAfter - creditedSeatsBefore) * remainingDays;
  const expected = {
    cycle: paid.cycle,
    paidSeats: paid.paidSeats,
    unitPriceMinor: paid.unitPriceMinor,
    remainingDays,
    creditedSeatsBefore,
    creditedSeatsAfter,
    seatDaysBefore: paid.seatDays,
    seatDaysAfter,
  };
  for (const [name, figure] of Object.entries(expected)) {
    check(`computation.${name}`, figure, data.computation[name as keyof typeof expected]);
  }
  const ofCycle = (seatDays: number): number => proratedMinor(paid.unitPriceMinor, seatDays, paid.cycle.days);
  const creditMinor = ofCycle(seatDaysAfter) - ofCycle(paid.seatDays);
  check(
    'the credit of a cycle lies between nothing and what its invoice charged',
    true,
    isBetween(ofCycle(seatDaysAfter), account),
  );
  checkCredit(state, creditMinor, data, check);
  if (type === 'SeatsIncreased') {
    const ofSeats = state.grants.filter(({ kind }) => kind === 'seats').toReversed();
    check('grantsUsed', taken(ofSeats, -creditMinor), data.grantsUsed);
    check('reinstatedSeats', creditedSeatsBefore - creditedSeatsAfter, data.reinstatedSeats);
  } else {
    check('creditedSeats', creditedSeatsAfter - creditedSeatsBefore, data.creditedSeats);
  }
  moveCredit(account, data.credit, 'seats', 'grantsUsed' in data ? data.grantsUsed : []);
  state.seats = data.to;
  state.paid = { ...paid, seatDays: data.computation.seatDaysAfter };
  state.changes += 1;
}

function isBetween(creditMinor: number, { grossMinor }: Account): boolean {
  return creditMinor >= 0 && creditMinor <= grossMinor;
}
