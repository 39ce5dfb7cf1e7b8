import type { Draft } from '../draft.js';
import type { Refusal } from '../refusal.js';
import { oldestOpenInvoice } from '../roll-forward.js';

/** Seats and plan can be changed while the license is neither expired nor cancelled. */
export function refuseUnlessCurrent(draft: Draft): Refusal | undefined {
  return draft.state.cancellation ? cancelled(draft) : refuseIfExpired(draft);
}

/** Staff can be changed up to the end of a cancelled license: those who have paid go on working. */
export function refuseIfEnded(draft: Draft): Refusal | undefined {
  const { cancellation } = draft.state;
  return cancellation && draft.today >= cancellation.endsOn ? cancelled(draft) : refuseIfExpired(draft);
}

export function cancelled(draft: Draft): Refusal {
  const endsOn = draft.state.cancellation?.endsOn;
  return { code: 'license-cancelled', detail: `The license is cancelled as of ${endsOn}.`, endsOn };
}

function refuseIfExpired(draft: Draft): Refusal | undefined {
  const { state } = draft;
  if (state.standing !== 'expired') return undefined;
  const oldest = oldestOpenInvoice(state);
  const unpaid = state.openInvoices.map((invoice) => invoice.invoiceNumber);
  return {
    code: 'license-expired',
    detail: `The license has expired: invoice ${oldest?.invoiceNumber} was due on ${oldest?.dueOn}. Paying what is overdue makes it active again.`,
    unpaidInvoices: unpaid,
  };
}
