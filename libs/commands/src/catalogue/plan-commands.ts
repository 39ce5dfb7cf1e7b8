import { Injectable } from '@nestjs/common';
import type { Refusal } from '#contracts';
import { EventStore, Repository, type Accepted } from '#event-store';
import { ProblemException } from '#http';
import { definePlan, planStream, type DefinePlan, type PlanEdition, type PlanEvent } from '#license';
import { Clock } from '#platform';
import { keyReused, staleRevision } from '../problems.js';
import { requestOf, type Origin } from '../origin.js';
import { withStoreProblems } from '../store-problems.js';
import { Catalogue } from './catalogue.js';
import { planAggregate } from './plan-aggregate.js';

/** Puts plans into the catalogue. */
@Injectable()
export class PlanCommands {
  readonly #plans: Repository<readonly PlanEdition[], PlanEvent>;

  constructor(
    store: EventStore,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {
    this.#plans = new Repository(store, planAggregate);
  }

  /** Once it returns, every decision of this process knows the new edition. @throws ProblemException */
  async define(command: DefinePlan, origin: Origin): Promise<Accepted<readonly PlanEdition[], PlanEvent>> {
    const { planId } = command;
    const { expectedRevision } = origin;
    const stream = planStream(planId);
    const request = {
      ...requestOf(stream, origin),
      ...(expectedRevision !== undefined && { expectedRevision: BigInt(expectedRevision) }),
    };
    const outcome = await withStoreProblems(
      this.#plans.execute<Refusal>(stream, request, (editions) => ({
        rolled: [],
        ...definePlan(command, editions, this.clock.now()),
      })),
    );
    if (outcome.kind === 'key-reused') throw keyReused();
    if (outcome.kind === 'revision-mismatch') throw staleRevision(outcome.revision);
    if (outcome.kind === 'refused') throw ProblemException.of(outcome.refusal);
    await withStoreProblems(this.catalogue.refresh(planId, performance.now()));
    return outcome;
  }
}
