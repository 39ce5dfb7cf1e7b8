import { Injectable } from '@nestjs/common';
import { keyReused, requestOf, withStoreProblems, type Origin } from '#commands';
import { EventStore, nameBasedUuid, Repository, time, type Accepted, type Aggregate } from '#event-store';
import type { BillingRun } from '#contracts';
import { billingRunStreamPrefix } from '#read-model';
import { evolveBillingRun, noRun, type BillingRunEvent, type BillingRunState } from './billing-run.js';

const types = ['BillingRunStarted', 'BillingRunReported', 'BillingRunFinished'] as const;

const aggregate: Aggregate<BillingRunState, BillingRunEvent> = {
  initial: noRun,
  evolve: evolveBillingRun,
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ type, data }) => {
      const known = types.find((name) => name === type);
      if (known === undefined) throw new Error(`'${type}' is not an event of a billing run`);
      return { type: known, data: data as BillingRun };
    },
  },
};

const namespace = '5b0f6d5e-8f43-5c62-9b57-0f3d9f1c7a21';

/** What is recorded of billing runs, each in a stream of its own: a repeated request is told the same. */
@Injectable()
export class BillingRuns {
  readonly #runs: Repository<BillingRunState, BillingRunEvent>;

  constructor(store: EventStore) {
    this.#runs = new Repository(store, aggregate, { maxCachedStreams: 100 });
  }

  async find(runId: string): Promise<BillingRunState> {
    return (await withStoreProblems(this.#runs.load(streamOf(runId)))).state;
  }

  /** Records the start, or finds it recorded. @throws ProblemException when its key was another request's */
  async start(run: BillingRun, origin: Origin): Promise<BillingRunState> {
    const stream = streamOf(run.runId);
    return this.#record(stream, requestOf(stream, origin), () => [{ type: 'BillingRunStarted', data: run }]);
  }

  /** Records how far the run has come, unless it is over: that was the answer to who started it, or it is over now. */
  async record(type: 'BillingRunReported' | 'BillingRunFinished', run: BillingRun, correlationId: string) {
    const request = {
      commandId: nameBasedUuid(`${run.runId} ${type}`, namespace),
      requestHash: '',
      metadata: { actor: time, correlationId },
    };
    return this.#record(streamOf(run.runId), request, ({ run: recorded }) =>
      recorded?.status === 'finished' ? [] : [{ type, data: run }],
    );
  }

  async #record(
    stream: string,
    request: Parameters<Repository<BillingRunState, BillingRunEvent>['execute']>[1],
    decide: (state: BillingRunState) => BillingRunEvent[],
  ): Promise<BillingRunState> {
    const outcome = await withStoreProblems(
      this.#runs.execute<never>(stream, request, (state) => ({ rolled: [], accepted: decide(state) })),
    );
    if (outcome.kind !== 'accepted') throw keyReused();
    return this.#latest(stream, outcome);
  }

  /** A repeat is told what there was after it; the run may have gone on since. */
  async #latest(stream: string, { state, repeated }: Accepted<BillingRunState, BillingRunEvent>) {
    return repeated ? (await withStoreProblems(this.#runs.load(stream))).state : state;
  }
}

function streamOf(runId: string): string {
  return `${billingRunStreamPrefix}${runId}`;
}
