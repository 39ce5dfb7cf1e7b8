import type { RecordedEvent } from '#event-store';
import {
  evolvePlan,
  planStreamPrefix,
  type Catalogue,
  type PlanEdition,
  type PlanEvent,
  type PlanPrice,
} from '#license';
import { bulkUpsert, type Queryable, type RowOf } from '#projection-engine';
import { planEditionColumns } from './plans.table.js';

const upsert = bulkUpsert('plan_editions', planEditionColumns, ['plan_id', 'revision']);

/** The plans' editions as far as they were projected: the catalogue that next invoices are priced by. */
export interface PlanBook {
  readonly catalogue: Catalogue;
  /** The revision of each plan's newest edition. */
  readonly revisions: ReadonlyMap<string, number>;
}

/** One row per edition of a plan. */
export class PlansProjection {
  readonly #rows: RowOf<typeof planEditionColumns>[] = [];
  readonly #defined = new Set<string>();

  constructor(private book: PlanBook) {}

  get plans(): PlanBook {
    return this.book;
  }

  /** The plans that got a new edition. */
  get defined(): ReadonlySet<string> {
    return this.#defined;
  }

  apply(recorded: RecordedEvent): void {
    const planId = recorded.stream.slice(planStreamPrefix.length);
    const revision = Number(recorded.revision);
    const newest = this.book.revisions.get(planId) ?? -1;
    if (revision <= newest) return;
    if (revision !== newest + 1) throw new Error(`revision ${newest + 1} of the plan is missing`);
    const event = planEvent(recorded, planId);
    const { effectiveAt, name, prices } = event.data;
    const editions = evolvePlan(this.book.catalogue.get(planId) ?? [], event);
    this.book = {
      catalogue: new Map(this.book.catalogue).set(planId, editions),
      revisions: new Map(this.book.revisions).set(planId, revision),
    };
    this.#rows.push({ plan_id: planId, revision, effective_at: effectiveAt, name, prices: JSON.stringify(prices) });
    this.#defined.add(planId);
  }

  async write(transaction: Queryable, schema: string): Promise<void> {
    await upsert.run(transaction, schema, this.#rows);
  }
}

function planEvent({ type, data }: RecordedEvent, planId: string): PlanEvent {
  if (type !== 'PlanDefined') throw new Error(`'${type}' is not an event of a plan`);
  const event = { type, data } as PlanEvent;
  if (event.data.planId !== planId) throw new Error(`the event is about the plan '${event.data.planId}'`);
  return event;
}

export async function loadPlanBook(db: Queryable, schema: string): Promise<PlanBook> {
  const { rows } = await db.query<{
    plan_id: string;
    revision: string | number;
    effective_at: string;
    name: string;
    prices: readonly PlanPrice[];
  }>(`SELECT plan_id, revision, effective_at, name, prices FROM ${schema}.plan_editions ORDER BY plan_id, revision`);
  const catalogue = new Map<string, PlanEdition[]>();
  const revisions = new Map<string, number>();
  for (const { plan_id, revision, effective_at: effectiveAt, name, prices } of rows) {
    catalogue.set(plan_id, [...(catalogue.get(plan_id) ?? []), { effectiveAt, name, prices }]);
    revisions.set(plan_id, Number(revision));
  }
  return { catalogue, revisions };
}
