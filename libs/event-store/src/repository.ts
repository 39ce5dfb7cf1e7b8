import { LRUCache } from 'lru-cache';
import type { Aggregate, Decision } from './aggregate.js';
import { backoffMs, pause } from './backoff.js';
import { advance, emptyBaseline, followCommand, type Baseline, type CommandTrail } from './baseline.js';
import type { RecordedCommand } from './command-log.js';
import { EventStoreBusy } from './errors.js';
import type { EventStore } from './event-store.js';
import { Lanes } from './lanes.js';
import type { Accepted, Outcome } from './outcome.js';
import type { Position } from './position.js';
import { proposeAccepted, proposeRolled, type CommandRequest, type Proposal } from './propose.js';

export interface RepositoryOptions {
  /** Aggregates whose folded state is kept. Default 10,000. */
  readonly maxCachedStreams?: number;
  /** Commands remembered over all of them, at most. Default 1,000,000. */
  readonly maxCachedCommands?: number;
  /** Commands that may wait for one stream. Default 1,000. */
  readonly maxWaitingPerStream?: number;
  /** Commands that may wait altogether. Default 10,000. */
  readonly maxWaiting?: number;
  /** How often a command is decided anew after a conflict with another process. Default 100. */
  readonly maxAttempts?: number;
}

export interface Loaded<State> {
  readonly state: State;
  readonly revision: bigint;
  readonly position: Position | null;
}

/** Decides a command on a state; called again, on the newer state, after a conflict. Must be pure. */
export type Decide<State, Event, Refusal> = (state: State, revision: bigint) => Decision<Event, Refusal>;

/** What a command comes to on one baseline: what to append, and how to answer once that is done. */
interface Plan<State, Event, Refusal> {
  readonly proposals: readonly Proposal[];
  answer(trail: CommandTrail<State, Event>): Outcome<State, Event, Refusal>;
}

/**
 * Runs commands against the aggregates of one kind: load, decide, append, and again when another was faster.
 *
 * What is cached is a baseline that saves reading; what is right is the expected revision of the append. An answer
 * that appends nothing has no such check, so it is given only after the stream has been read on.
 */
export class Repository<State, Event> {
  readonly #cache: LRUCache<string, Baseline<State>>;
  readonly #lanes: Lanes;
  readonly #maxAttempts: number;

  constructor(
    private readonly store: EventStore,
    private readonly aggregate: Aggregate<State, Event>,
    options: RepositoryOptions = {},
  ) {
    this.#cache = new LRUCache({
      max: options.maxCachedStreams ?? 10_000,
      maxSize: options.maxCachedCommands ?? 1_000_000,
      sizeCalculation: ({ commands }) => 1 + commands.size,
    });
    this.#lanes = new Lanes({ perKey: options.maxWaitingPerStream ?? 1_000, total: options.maxWaiting ?? 10_000 });
    this.#maxAttempts = options.maxAttempts ?? 100;
  }

  /** The state as it is in the store now. Revision -1 and the initial state when there is no such stream. */
  load(stream: string): Promise<Loaded<State>> {
    return this.#inLane(stream, async () => {
      const { state, revision, position } = await this.#readOn(stream, this.#cache.get(stream));
      return { state, revision, position };
    });
  }

  /**
   * Decides a command and records what it brings about, once: a repeat is answered from what was recorded.
   * @throws EventStoreUnavailable, EventStoreBusy, EventStoreRejected
   */
  execute<Refusal>(
    stream: string,
    request: CommandRequest,
    decide: Decide<State, Event, Refusal>,
  ): Promise<Outcome<State, Event, Refusal>> {
    return this.#inLane(stream, () => this.#execute(stream, request, decide));
  }

  async #execute<Refusal>(stream: string, request: CommandRequest, decide: Decide<State, Event, Refusal>) {
    const cached = this.#cache.get(stream);
    let baseline = cached ?? (await this.#readOn(stream));
    let isFresh = cached === undefined;
    let conflicts = 0;
    while (conflicts < this.#maxAttempts) {
      const earlier = baseline.commands.get(request.commandId);
      if (earlier) return this.#recall<Refusal>(stream, request, earlier);

      const plan = this.#plan(stream, baseline, request, decide);
      if (plan.proposals.length > 0) {
        const trail = await this.#append(stream, baseline, request, plan.proposals);
        if (trail) return plan.answer(trail);
        await pause(backoffMs(conflicts++, { baseMs: 1, maxMs: 5 }, this.store.random));
      } else if (isFresh) {
        return plan.answer({ before: baseline.state, events: [], after: baseline });
      }
      baseline = await this.#readOn(stream, baseline);
      isFresh = true;
    }
    throw new EventStoreBusy(`${stream} was changed by others ${conflicts} times in a row. Try again.`);
  }

  #plan<Refusal>(
    stream: string,
    baseline: Baseline<State>,
    request: CommandRequest,
    decide: Decide<State, Event, Refusal>,
  ): Plan<State, Event, Refusal> {
    const { state, revision } = baseline;
    if (request.expectedRevision !== undefined && request.expectedRevision !== revision) {
      return { proposals: [], answer: () => ({ kind: 'revision-mismatch', revision }) };
    }
    const decision = decide(state, revision);
    const rolled = proposeRolled(this.aggregate.codec, stream, revision, request, decision.rolled);
    if ('refusal' in decision) {
      const { refusal } = decision;
      return {
        proposals: rolled,
        answer: ({ after }) => ({ kind: 'refused', refusal, state: after.state, revision: after.revision }),
      };
    }
    const accepted = proposeAccepted(this.aggregate.codec, request, decision.accepted);
    return { proposals: [...rolled, ...accepted], answer: (trail) => acceptedAs(trail, false) };
  }

  /** Appends and moves the cache forward; null when another process was faster. */
  async #append(
    stream: string,
    baseline: Baseline<State>,
    { commandId }: CommandRequest,
    proposals: readonly Proposal[],
  ): Promise<CommandTrail<State, Event> | null> {
    const answer = await this.store.append({ stream, expectedRevision: baseline.revision, events: proposals });
    if (!answer.written) return null;
    const firstRevision = answer.revision - BigInt(proposals.length - 1);
    const written = proposals.map(({ id, type, json, metadata }, index) => ({
      id,
      stream,
      revision: firstRevision + BigInt(index),
      type,
      // As it will be read back, so that a state from the cache and one from the store can't differ.
      data: JSON.parse(json) as unknown,
      metadata,
      position: answer.position,
    }));
    const trail = await followCommand(this.aggregate, baseline, written, commandId);
    this.#cache.set(stream, trail.after);
    return trail;
  }

  /** Answers a command that was recorded before, from what was recorded. */
  async #recall<Refusal>(
    stream: string,
    { commandId, requestHash }: CommandRequest,
    earlier: RecordedCommand,
  ): Promise<Outcome<State, Event, Refusal>> {
    if (earlier.requestHash !== requestHash) return { kind: 'key-reused' };
    const past = this.store.readStream(stream, { maxCount: Number(earlier.lastRevision) + 1 });
    const start = emptyBaseline(this.aggregate);
    return acceptedAs(await followCommand(this.aggregate, start, past, commandId), true);
  }

  async #readOn(stream: string, from = emptyBaseline(this.aggregate)): Promise<Baseline<State>> {
    let baseline = from;
    for await (const recorded of this.store.readStream(stream, { from: baseline.revision + 1n })) {
      baseline = advance(this.aggregate, baseline, recorded);
    }
    if (baseline.revision >= 0n) this.#cache.set(stream, baseline);
    return baseline;
  }

  /** One after another for each stream. A failure half-way may leave a baseline half moved on: it is dropped. */
  #inLane<Result>(stream: string, job: () => Promise<Result>): Promise<Result> {
    return this.#lanes.run(stream, async () => {
      try {
        return await job();
      } catch (error) {
        this.#cache.delete(stream);
        throw error;
      }
    });
  }
}

function acceptedAs<State, Event>(
  { before, events, after }: CommandTrail<State, Event>,
  repeated: boolean,
): Accepted<State, Event> {
  const { state, revision, position } = after;
  return { kind: 'accepted', before, events, state, revision, position, repeated };
}
