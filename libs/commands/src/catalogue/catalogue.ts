import { Injectable } from '@nestjs/common';
import { comparePositions, decodeEvent, EventStore, type Position } from '#event-store';
import { evolvePlan, planStream, type Catalogue as PlanEditions, type PlanEdition } from '#license';
import { planAggregate } from './plan-aggregate.js';

interface KnownPlan {
  readonly editions: readonly PlanEdition[];
  /** Where in the log each edition stands. */
  readonly positions: readonly Position[];
  readonly revision: bigint;
  /** When the read that brought this began, by the process's monotonic clock. */
  readonly readAtMs: number;
}

/** How old a plan may be where nothing is charged by it. */
const toleratedAgeMs = 1_000;

/**
 * The plans with their editions, read from their streams and kept as a baseline from which to read on.
 * Unknown plan ids are not kept: they come from outside, and there is no end of them.
 */
@Injectable()
export class Catalogue {
  readonly #plans = new Map<string, KnownPlan>();
  readonly #editions = new Map<string, readonly PlanEdition[]>();
  readonly #reads = new Map<string, { readonly startedAtMs: number; readonly done: Promise<void> }>();

  constructor(private readonly store: EventStore) {}

  /** Every plan that is known, for a decision. Ask `holds` first for those that it looks at. */
  get editions(): PlanEditions {
    return this.#editions;
  }

  /** Whether the plan is known well enough for a command that arrived at `arrivedAtMs` of the monotonic clock. */
  holds(planId: string, current: boolean, arrivedAtMs: number): boolean {
    const readAtMs = this.#plans.get(planId)?.readAtMs ?? -Infinity;
    return readAtMs >= (current ? arrivedAtMs : arrivedAtMs - toleratedAgeMs);
  }

  /**
   * Reads on what was added to the plan. Calls that come together share one read; one that began before `sinceMs` is
   * waited for and made again, unless it fails.
   */
  async refresh(planId: string, sinceMs: number): Promise<void> {
    let read = this.#reads.get(planId);
    while (read !== undefined && read.startedAtMs < sinceMs) {
      await read.done;
      read = this.#reads.get(planId);
    }
    if (read === undefined) {
      const startedAtMs = performance.now();
      const done = this.#readOn(planId, startedAtMs).finally(() => this.#reads.delete(planId));
      read = { startedAtMs, done };
      this.#reads.set(planId, read);
    }
    await read.done;
  }

  /** These plans as they stood at a place in the log, so that an answer can be given again later. */
  asOf(planIds: readonly string[], position: Position): PlanEditions {
    const then = new Map<string, readonly PlanEdition[]>();
    for (const planId of planIds) {
      const { editions, positions } = this.#plans.get(planId) ?? { editions: [], positions: [] };
      const count = positions.findLastIndex((written) => comparePositions(written, position) <= 0) + 1;
      if (count > 0) then.set(planId, editions.slice(0, count));
    }
    return then;
  }

  async #readOn(planId: string, readAtMs: number): Promise<void> {
    const known = this.#plans.get(planId);
    let editions = known?.editions ?? [];
    let revision = known?.revision ?? -1n;
    const positions = [...(known?.positions ?? [])];
    for await (const recorded of this.store.readStream(planStream(planId), { from: revision + 1n })) {
      editions = evolvePlan(editions, decodeEvent(planAggregate.codec, recorded));
      positions.push(recorded.position);
      revision = recorded.revision;
    }
    if (editions.length === 0) return;
    this.#plans.set(planId, { editions, positions, revision, readAtMs });
    this.#editions.set(planId, editions);
  }
}
