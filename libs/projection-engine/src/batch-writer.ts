import type pg from 'pg';
import type { EventBatch, Position, RecordedEvent } from '#event-store';
import { CheckpointStore, type Checkpoint } from './checkpoint.js';
import { findCulprits } from './culprits.js';
import { divide, mergeFailures } from './failures.js';
import { ParkingStore } from './parking.js';
import type { Fold, FoldFailure, Projection } from './projection.js';
import { isDataError } from './sql/data-error.js';
import { inTransaction } from './sql/transaction.js';

/** A batch that is folded and can be written. */
export interface Prepared {
  readonly batch: EventBatch;
  readonly fold: Fold;
  readonly taken: readonly RecordedEvent[];
  /** Events that wait with their streams. */
  readonly parked: readonly RecordedEvent[];
  /** The events at which this batch parks streams. */
  readonly failures: readonly FoldFailure[];
  readonly generation: number;
}

/** What became of a batch. */
export interface Written {
  readonly projected: number;
  readonly failures: readonly FoldFailure[];
}

/**
 * Takes a projection from one checkpoint to the next: fold, then rows, parked events and checkpoint in one transaction.
 * A batch can be prepared while the one before it is being written.
 */
export class BatchWriter {
  readonly #checkpoints: CheckpointStore;
  readonly #parking: ParkingStore;
  #parked: ReadonlySet<string> = new Set();
  #checkpoint: Checkpoint = { position: 'start', epoch: 0 };
  /** Changes when rows come out other than they were folded: what was prepared on them is then prepared anew. */
  #generation = 0;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly projection: Projection,
  ) {
    this.#checkpoints = new CheckpointStore(projection.schema, projection.name);
    this.#parking = new ParkingStore(projection.schema);
  }

  /** Begins where the rows stand now; what was folded before is forgotten. */
  static async open(pool: pg.Pool, projection: Projection): Promise<BatchWriter> {
    projection.forget();
    const writer = new BatchWriter(pool, projection);
    writer.#checkpoint = await writer.#checkpoints.open(pool);
    writer.#parked = await writer.#parking.streams(pool);
    return writer;
  }

  get position(): Position | 'start' {
    return this.#checkpoint.position;
  }

  get parkedStreams(): number {
    return this.#parked.size;
  }

  /** Folds a batch, on top of the one before if that is not written yet. */
  prepare(batch: EventBatch, before: Prepared | null = null): Promise<Prepared> {
    return this.#prepare(batch, before, []);
  }

  /**
   * Writes a batch. An event that can't be taken parks its stream from there on, in the same transaction.
   *
   * @throws CheckpointMoved when another projector was faster, and whatever the database throws that is not the
   * fault of an event; nothing is written then.
   */
  async commit(prepared: Prepared): Promise<Written> {
    const { batch } = prepared;
    let current = prepared.generation === this.#generation ? prepared : await this.prepare(batch);
    for (;;) {
      const { fold, taken, parked, failures } = current;
      try {
        await this.#write(fold, batch.checkpoint, (transaction) => this.#parking.park(transaction, failures, parked));
      } catch (error) {
        if (!isDataError(error)) throw error;
        const culprits = await findCulprits(taken, this.pool, this.projection);
        if (culprits.length === 0) throw error;
        this.#generation += 1;
        current = await this.#prepare(batch, null, mergeFailures(failures, culprits));
        continue;
      }
      this.#parked = new Set([...this.#parked, ...failures.map(({ event }) => event.stream)]);
      return { projected: taken.length, failures };
    }
  }

  async write(batch: EventBatch): Promise<Written> {
    return this.commit(await this.prepare(batch));
  }

  /** Tries every parked stream again, from the event at which it stands. Answers how many are parked no more. */
  async retryParked(chunk = 1_000): Promise<number> {
    let freed = 0;
    for (const stream of this.#parked) {
      let outcome: 'more' | 'free' | 'stuck' = 'more';
      while (outcome === 'more') outcome = await this.#retry(stream, chunk);
      if (outcome === 'free') freed += 1;
    }
    return freed;
  }

  async #prepare(batch: EventBatch, before: Prepared | null, known: readonly FoldFailure[]): Promise<Prepared> {
    const generation = this.#generation;
    const parkedBefore = new Set([...this.#parked, ...(before?.failures ?? []).map(({ event }) => event.stream)]);
    let failures = known;
    for (;;) {
      const { taken, parked } = divide(batch.events, parkedBefore, failures);
      const fold = await this.projection.fold(taken, this.pool, before?.fold ?? null);
      if (fold.failures.length === 0) return { batch, fold, taken, parked, failures, generation };
      failures = mergeFailures(failures, fold.failures);
    }
  }

  async #retry(stream: string, chunk: number): Promise<'more' | 'free' | 'stuck'> {
    const events = await this.#parking.events(this.pool, stream, chunk);
    const { taken, fold, failure } = await this.#foldSome(events);
    try {
      this.#generation += 1;
      const free = await this.#write(fold, this.#checkpoint.position, async (transaction) => {
        if (failure) await this.#parking.restate(transaction, failure);
        return this.#parking.release(transaction, taken);
      });
      if (free) this.#parked = new Set([...this.#parked].filter((parked) => parked !== stream));
      return free ? 'free' : failure ? 'stuck' : 'more';
    } catch (error) {
      if (!isDataError(error)) throw error;
      const reason = (error as Error).message;
      for (const event of events.slice(0, 1)) await this.#parking.restate(this.pool, { event, reason });
      return 'stuck';
    }
  }

  /** Folds the events of one stream as far as they can be taken. */
  async #foldSome(events: readonly RecordedEvent[], failure?: FoldFailure): Promise<FoldedSome> {
    const taken = failure ? events.filter((event) => event.revision < failure.event.revision) : events;
    const fold = await this.projection.fold(taken, this.pool, null);
    const first = fold.failures[0];
    return first ? this.#foldSome(events, first) : { taken, fold, failure };
  }

  async #write<T>(fold: Fold, to: Position | 'start', also: (transaction: pg.PoolClient) => Promise<T>): Promise<T> {
    const [moved, result] = await inTransaction(this.pool, async (transaction) => {
      // First of all: whoever comes second waits here, and then knows that it has been overtaken.
      const checkpoint = await this.#checkpoints.move(transaction, this.#checkpoint, to);
      await fold.write(transaction);
      return [checkpoint, await also(transaction)] as const;
    });
    this.#checkpoint = moved;
    fold.keep();
    return result;
  }
}

interface FoldedSome {
  readonly taken: readonly RecordedEvent[];
  readonly fold: Fold;
  readonly failure: FoldFailure | undefined;
}
