import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  accountingPeriodsStream,
  closePeriod,
  decodePeriodEvent,
  encodePeriodEvent,
  evolvePeriods,
  isMonth,
  type ClosedThrough,
  type PeriodEvent,
} from '#accounting';
import type { AccountingPeriod, Refusal } from '#contracts';
import { EventStore, Repository, type Aggregate } from '#event-store';
import { answer, invalidValue, ProblemException, type Answer } from '#http';
import { Clock } from '#platform';
import { requestOf } from '../origin.js';
import { keyReused, staleRevision } from '../problems.js';
import { withStoreProblems } from '../store-problems.js';
import { ClosePeriod } from './close-period.command.js';

const aggregate: Aggregate<ClosedThrough, PeriodEvent> = {
  initial: null,
  evolve: evolvePeriods,
  codec: { encode: encodePeriodEvent, decode: decodePeriodEvent },
};

@CommandHandler(ClosePeriod)
export class ClosePeriodHandler implements ICommandHandler<ClosePeriod> {
  readonly #periods: Repository<ClosedThrough, PeriodEvent>;

  constructor(
    store: EventStore,
    private readonly clock: Clock,
  ) {
    this.#periods = new Repository(store, aggregate);
  }

  async execute({ month, origin }: ClosePeriod): Promise<Answer<AccountingPeriod>> {
    if (!isMonth(month)) throw invalidValue('month', 'must be a month such as 2026-06');
    const { expectedRevision } = origin;
    const request = {
      ...requestOf(accountingPeriodsStream, origin),
      ...(expectedRevision !== undefined && { expectedRevision: BigInt(expectedRevision) }),
    };
    const outcome = await withStoreProblems(
      this.#periods.execute<Refusal>(accountingPeriodsStream, request, (closedThrough) => ({
        rolled: [],
        ...closePeriod(month, closedThrough, this.clock.now()),
      })),
    );
    if (outcome.kind === 'key-reused') throw keyReused();
    if (outcome.kind === 'revision-mismatch') throw staleRevision(outcome.revision);
    if (outcome.kind === 'refused') throw ProblemException.of(outcome.refusal);
    const [closed] = outcome.events;
    if (closed === undefined) throw new Error(`closing ${month} was taken, but has no event`);
    const { id, stream, revision, event, metadata } = closed;
    const body: AccountingPeriod = {
      month: event.data.month,
      status: 'closed',
      closedAt: event.data.effectiveAt,
      closedBy: metadata.actor.id,
      event: { id, stream, revision: Number(revision) },
    };
    return answer(body, { revision, ...(outcome.position !== null && { position: outcome.position }) });
  }
}
