import type { SeatChange } from '#contracts';
import { money } from '#money';
import type { Catalogue } from './catalogue.js';
import type { LicenseEvent } from './events.js';
import { nextInvoice } from './next-invoice.js';
import type { LicenseState } from './state.js';

/** The answer to a change of seats, from its events and the state that they led to. */
export type SeatChangeView = Omit<SeatChange, 'propagation' | 'revision'>;

/** @throws Error when none of the events changed the seats. */
export function describeSeatChange(
  events: readonly LicenseEvent[],
  after: LicenseState,
  catalogue: Catalogue,
): SeatChangeView {
  const moved = events.find((event) => event.type === 'SeatsIncreased' || event.type === 'SeatsReduced');
  if (moved === undefined) throw new Error('no event of the command changed the seats');
  const { changeId, from, to, credit, creditBalanceMinor, currency, effectiveAt } = moved.data;
  return {
    changeId,
    licenseId: after.licenseId,
    from,
    to,
    reinstatedSeats: moved.type === 'SeatsIncreased' ? moved.data.reinstatedSeats : 0,
    creditedSeats: moved.type === 'SeatsReduced' ? moved.data.creditedSeats : 0,
    credit: money(credit?.amountMinor ?? 0, currency),
    creditBalance: money(creditBalanceMinor, currency),
    disabledStaff: moved.type === 'SeatsReduced' ? moved.data.disabledStaff : [],
    effectiveAt,
    nextInvoice: nextInvoice(after, catalogue),
  };
}
