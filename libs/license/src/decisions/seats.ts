import type { LicenseCommand } from '../commands.js';
import { computeCredit, creditMinorOf, takeBackNewest } from '../credit.js';
import type { Draft } from '../draft.js';
import { limits } from '../limits.js';
import { quoteFigures, staleQuote } from '../quote-figures.js';
import { invalid, type Refusal } from '../refusal.js';
import { schedulePlan } from './plan.js';
import { disableStaff, guardedStaffCount, staffCountExceeded } from './staff.js';
import { refuseUnlessCurrent } from './standing.js';

/** Changes the number of seats, and with it, if asked, the staff who lose theirs and the plan of the next cycle. */
export function changeSeats(command: LicenseCommand<'ChangeSeats'>, draft: Draft): Refusal | undefined {
  const before = draft.state;
  const refusal =
    refuseUnlessCurrent(draft) ??
    checkSeats(command, draft) ??
    disableStaff(command.disableStaff ?? [], draft) ??
    planChangeWithSeats(command.planId, draft) ??
    moveSeats(command, draft);
  if (refusal || command.quoteToken === undefined) return refusal;
  const figures = quoteFigures(command, before, draft.state, draft.context.catalogue);
  return figures.quoteToken === command.quoteToken ? undefined : staleQuote(figures);
}

/** Naming the plan that the next cycle is on anyhow is no change, and no error beside a change of seats. */
function planChangeWithSeats(planId: string | undefined, draft: Draft): Refusal | undefined {
  const planned = draft.state.plannedChange?.planId ?? draft.state.planId;
  return planId === undefined || planId === planned ? undefined : schedulePlan(planId, draft);
}

function checkSeats({ seats, disableStaff: named }: LicenseCommand<'ChangeSeats'>, draft: Draft): Refusal | undefined {
  const from = draft.state.seats;
  if (!Number.isSafeInteger(seats) || seats < 1 || seats > limits.seatsMax) {
    return invalid('seats', `must be a whole number from 1 to ${limits.seatsMax}`);
  }
  if (seats === from) {
    return {
      code: 'seats-unchanged',
      detail: `The license has ${from} seats already. To change the plan alone, use plan-changes.`,
      seats: from,
    };
  }
  if (seats > from && named?.length) return invalid('disableStaff', 'goes with a reduction of seats only');
  return undefined;
}

function moveSeats(command: LicenseCommand<'ChangeSeats'>, draft: Draft): Refusal | undefined {
  const { state, now: effectiveAt } = draft;
  const { seats: to } = command;
  const from = state.seats;
  const active = guardedStaffCount(state);
  if (to < from && active > to) return staffCountExceeded(active, to, state.licenseId);
  if (state.paid === null) throw new Error('a registered license has an invoiced cycle');

  const computation = computeCredit(state.paid, from, to, draft.today);
  const creditMinor = creditMinorOf(computation);
  const moved = {
    effectiveAt,
    changeId: draft.nextChangeId(),
    from,
    to,
    currency: state.currency,
    computation,
    credit: draft.creditMovement(creditMinor),
    creditBalanceMinor: state.creditBalanceMinor + creditMinor,
  };
  const { creditedSeatsBefore, creditedSeatsAfter } = computation;
  if (to > from) {
    const reinstatedSeats = creditedSeatsBefore - creditedSeatsAfter;
    const grantsUsed = takeBackNewest(state.grants, -creditMinor);
    draft.emit({ type: 'SeatsIncreased', data: { ...moved, reinstatedSeats, grantsUsed } });
  } else {
    const creditedSeats = creditedSeatsAfter - creditedSeatsBefore;
    const disabledStaff = [...(command.disableStaff ?? [])];
    draft.emit({ type: 'SeatsReduced', data: { ...moved, creditedSeats, disabledStaff } });
  }
  return undefined;
}
