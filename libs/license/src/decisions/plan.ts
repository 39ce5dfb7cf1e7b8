import { isOnOffer } from '../catalogue.js';
import type { Draft } from '../draft.js';
import { invalid, type Refusal } from '../refusal.js';
import { nextCycle } from '../roll-forward.js';
import { refuseUnlessCurrent } from './standing.js';

/** Plans the change to another plan for the next boundary; a later change before it replaces this one. */
export function changePlan(planId: string, draft: Draft): Refusal | undefined {
  return refuseUnlessCurrent(draft) ?? schedulePlan(planId, draft);
}

/** Going back to the plan that the license is on takes back a change that was planned. */
export function schedulePlan(toPlanId: string, draft: Draft): Refusal | undefined {
  const { state, now: effectiveAt } = draft;
  const { catalogue } = draft.context;
  const planned = state.plannedChange?.planId ?? state.planId;
  if (toPlanId === planned) {
    return { code: 'plan-unchanged', detail: `The next cycle is on plan '${toPlanId}' already.`, planId: toPlanId };
  }
  if (!catalogue.has(toPlanId)) return invalid('planId', `there is no plan '${toPlanId}'`);
  if (!isOnOffer(catalogue, toPlanId, state.currency, state.interval)) {
    return invalid('planId', `has no price in ${state.currency} per ${state.interval}`);
  }
  const effectiveOn = nextCycle(state).startsOn;
  draft.emit({
    type: 'PlanChangeScheduled',
    data: { effectiveAt, fromPlanId: state.planId, toPlanId, effectiveOn },
  });
  return undefined;
}
