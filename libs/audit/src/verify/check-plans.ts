import { planStream } from '#license';
import type { PlanHistory } from '../books/prices.js';
import { compareRows } from './compare-rows.js';
import type { Finding } from './finding.js';
import { isPlanParked } from './parked.js';
import { isBefore } from './place.js';
import type { PlanRows } from './rows-of-range.js';

/** What concerns no license: the editions of the plans, and that something is parked. */
export function checkPlans(plans: PlanHistory, { checkpoint, parked, rows }: PlanRows): Finding[] {
  const editions = plans.editions.filter((plan) => !isBefore(checkpoint, plan.position) && !isPlanParked(plan, parked));
  const places = new Map(editions.map((plan) => [nameOf(plan.planId, plan.revision), plan]));
  const expected = editions.map(({ planId, revision, effectiveAt, name, prices }) => ({
    ...{ plan_id: planId, revision, effective_at: effectiveAt, name, prices },
  }));
  const table = { table: 'plan_editions', key: ['plan_id', 'revision'], expected, found: rows };
  const differing = compareRows(table, null, (row) => {
    const plan = places.get(nameOf(row['plan_id'], row['revision']));
    return plan ? { id: plan.eventId, stream: planStream(plan.planId), revision: plan.revision } : null;
  });
  return [...differing, ...[...parked].map(([stream, revision]) => parkedFinding(stream, revision))];
}

function nameOf(planId: unknown, revision: unknown): string {
  return `${String(planId)} ${String(revision)}`;
}

function parkedFinding(stream: string, revision: bigint): Finding {
  return {
    ...{ subject: 'parked', license: null, figure: stream, event: null },
    expected: 'every event projected',
    found: `parked from revision ${revision} on; npm run ledger -- status says why`,
  };
}
