import { Injectable } from '@nestjs/common';
import { latest } from '#calendar';
import { withStoreProblems, type Cause } from '#commands';
import { EventStore, Repository, time, type Aggregate, type Position } from '#event-store';
import {
  decodePropagationEvent,
  encodePropagationEvent,
  evolvePropagation,
  missDeadline,
  propagationStream,
  settleChange,
  type EntitlementChange,
  type PropagationEvent,
  type PropagationStatus,
} from '#license';
import { Clock, Settings } from '#platform';
import { v5 as uuidV5 } from 'uuid';

const aggregate: Aggregate<PropagationStatus, PropagationEvent> = {
  initial: 'pending',
  evolve: evolvePropagation,
  codec: { encode: encodePropagationEvent, decode: decodePropagationEvent },
};

const namespace = '8a4c3b1e-52f7-5d0c-9f0b-6c1d2e3f4a5b';

export interface Acknowledged {
  readonly revision: number;
  readonly seats: number;
}

/** Each change's own stream: whether its instance has it, and whether that was in time. */
@Injectable()
export class Propagations {
  readonly #changes: Repository<PropagationStatus, PropagationEvent>;

  constructor(
    store: EventStore,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.#changes = new Repository(store, aggregate, { maxCachedStreams: 10_000, maxCachedCommands: 50_000 });
  }

  async status({ changeId }: EntitlementChange): Promise<PropagationStatus> {
    return (await withStoreProblems(this.#changes.load(propagationStream(changeId)))).state;
  }

  /** The instance has the change. Answers where that is recorded, null when nothing had to be. */
  settle(change: EntitlementChange, acknowledged: Acknowledged, cause: Cause): Promise<Position | null> {
    const name = `settled at revision ${acknowledged.revision}`;
    return this.#record(change, name, cause, (status) =>
      settleChange(
        change,
        status,
        acknowledged,
        this.settings.supportContact,
        latest(this.clock.now(), change.requestedAt),
      ),
    );
  }

  /** The change has not arrived by its deadline; nothing happens when it has, or the deadline is still to come. */
  missDeadline(change: EntitlementChange, correlationId: string): Promise<Position | null> {
    return this.#record(change, 'overdue', { actor: time, correlationId }, (status) =>
      missDeadline(change, status, this.settings.supportContact, this.clock.now()),
    );
  }

  async #record(
    { changeId }: EntitlementChange,
    name: string,
    cause: Cause,
    decide: (status: PropagationStatus) => PropagationEvent[],
  ): Promise<Position | null> {
    const request = {
      commandId: uuidV5(`${changeId} ${name}`, namespace),
      requestHash: '',
      metadata: cause,
    };
    let hasNews = false;
    const outcome = await withStoreProblems(
      this.#changes.execute<never>(propagationStream(changeId), request, (status) => {
        const events = decide(status);
        hasNews = events.length > 0;
        // Time makes a change overdue, whoever notices: the event is the same.
        return { rolled: events.filter(isOverdue), accepted: events.filter((event) => !isOverdue(event)) };
      }),
    );
    if (outcome.kind !== 'accepted') throw new Error(`the propagation of ${changeId} was answered ${outcome.kind}`);
    return hasNews ? outcome.position : null;
  }
}

const isOverdue = ({ type }: PropagationEvent): boolean => type === 'ChangePropagationOverdue';
