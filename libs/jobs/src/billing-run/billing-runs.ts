import { Injectable } from '@nestjs/common';
import { EventStore, Repository, type Accepted, type Aggregate } from '#event-store';
import { keyReused, requestOf, withStoreProblems, type Origin } from '#commands';
import type { BillingRun } from './run-billing.command.js';

/** The one event of a stream `billing-run-<runId>`. */
interface BillingRunFinished {
  readonly type: 'BillingRunFinished';
  readonly data: BillingRun;
}

const aggregate: Aggregate<BillingRun | null, BillingRunFinished> = {
  initial: null,
  evolve: (_, event) => event.data,
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ data }) => ({ type: 'BillingRunFinished', data: data as BillingRun }),
  },
};

/** What billing runs came to, so that a repeated request is told the same. */
@Injectable()
export class BillingRuns {
  readonly #runs: Repository<BillingRun | null, BillingRunFinished>;

  constructor(store: EventStore) {
    this.#runs = new Repository(store, aggregate, { maxCachedStreams: 100 });
  }

  /** The run that the request stands for, if it is over. @throws ProblemException when its key was another request's */
  async find(runId: string, origin: Origin): Promise<BillingRun | null> {
    const { state } = await withStoreProblems(this.#runs.load(streamOf(runId)));
    return state === null ? null : (await this.finish(state, origin)).state;
  }

  /** Records the run, or finds it recorded. @throws ProblemException when its key was another request's */
  async finish(run: BillingRun, origin: Origin): Promise<Accepted<BillingRun | null, BillingRunFinished>> {
    const stream = streamOf(run.runId);
    const finished: BillingRunFinished = { type: 'BillingRunFinished', data: run };
    const outcome = await withStoreProblems(
      this.#runs.execute<never>(stream, requestOf(stream, origin), () => ({ rolled: [], accepted: [finished] })),
    );
    if (outcome.kind !== 'accepted') throw keyReused();
    return outcome;
  }
}

function streamOf(runId: string): string {
  return `billing-run-${runId}`;
}
