import { decide } from './decide.js';
import type { DecisionContext } from './draft.js';
import type { LicenseEvent } from './events.js';
import { evolve } from './evolve.js';
import { quoteFigures, type QuoteFigures, type QuoteRequest } from './quote-figures.js';
import { invalid, type Refusal } from './refusal.js';
import type { LicenseState } from './state.js';

export interface Quote extends QuoteFigures {
  /** Why the change would be refused; the figures are then those without it. */
  readonly refusal: Refusal | null;
}

/** Decides a change on paper: the very decision that the command makes, without its append. */
export function quote(request: QuoteRequest, state: LicenseState, context: DecisionContext): Quote {
  const decision = decideRequest(request, state, context);
  const before = after(state, decision.rolled);
  const changed = 'accepted' in decision ? after(before, decision.accepted) : before;
  return {
    ...quoteFigures(request, before, changed, context.catalogue),
    refusal: 'refusal' in decision ? decision.refusal : null,
  };
}

function decideRequest({ seats, planId, disableStaff }: QuoteRequest, state: LicenseState, context: DecisionContext) {
  if (seats !== undefined) return decide({ type: 'ChangeSeats', seats, planId, disableStaff }, state, context);
  if (planId !== undefined) return decide({ type: 'ChangePlan', planId }, state, context);
  const { rolled } = decide({ type: 'RollForward' }, state, context);
  return { rolled, refusal: invalid('seats', 'or planId is needed: there is nothing to quote') };
}

function after(state: LicenseState, events: readonly LicenseEvent[]): LicenseState {
  return events.reduce<LicenseState>(evolve, state);
}
