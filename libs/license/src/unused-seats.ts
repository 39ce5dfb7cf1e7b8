import { localDateAt, type Instant } from '#calendar';
import { computeCredit, creditMinorOf } from './credit.js';
import { guardedStaffCount } from './decisions/staff.js';
import type { LicenseState } from './state.js';

/** Seats that nobody sits on, as far as the ledger and the instance's last report know. */
export interface UnusedSeats {
  readonly used: number;
  readonly unused: number;
  /** The fewest seats that lock nobody out. */
  readonly safeSeats: number;
}

/** Null for a license whose seats can't be changed any more. */
export function unusedSeats(state: LicenseState): UnusedSeats | null {
  if (state.standing === 'expired' || state.cancellation !== null || state.paid === null) return null;
  const used = guardedStaffCount(state);
  const safeSeats = Math.max(1, used);
  return { used, unused: Math.max(0, state.seats - used), safeSeats };
}

/**
 * The credit that reducing to the safe seats at `now` would earn, for the days that remain of the cycle. Minor units;
 * 0 when the cycle's end has passed and nobody has rolled the license forward yet.
 */
export function creditOfSafeReductionMinor(state: LicenseState, now: Instant): number {
  const safe = unusedSeats(state);
  const today = localDateAt(now, state.timeZone);
  if (safe === null || state.paid === null || safe.safeSeats >= state.seats || today >= state.paid.cycle.endsOn)
    return 0;
  return creditMinorOf(computeCredit(state.paid, state.seats, safe.safeSeats, today));
}
