import type pg from 'pg';
import { CheckpointStore, type Checkpoint } from './checkpoint.js';
import { findCulprits } from './culprits.js';
import type { EventBatch, Position, RecordedEvent } from '#event-store';
import { ParkingStore } from './parking.js';
import type { Fold, FoldFailure, Projection } from './projection.js';
import { isDataError } from './sql/data-error.js';
import { inTransaction } from './sql/transaction.js';

/** What became of a batch. */
export interface Written {
  readonly projected: number;
  /** The events at which streams were parked by this batch. */
  readonly failures: readonly FoldFailure[];
}

/** Takes a projection from one checkpoint to the next: fold, then rows, parked events and checkpoint in one transaction. */
export class BatchWriter {
  readonly #checkpoints: CheckpointStore;
  readonly #parking: ParkingStore;
  readonly #parked: Set<string>;
  #checkpoint: Checkpoint;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly projection: Projection,
    stores: { checkpoints: CheckpointStore; parking: ParkingStore },
    found: { checkpoint: Checkpoint; parked: Set<string> },
  ) {
    this.#checkpoints = stores.checkpoints;
    this.#parking = stores.parking;
    this.#checkpoint = found.checkpoint;
    this.#parked = found.parked;
  }

  /** Begins where the rows stand now; what was folded before is forgotten. */
  static async open(pool: pg.Pool, projection: Projection): Promise<BatchWriter> {
    projection.forget();
    const checkpoints = new CheckpointStore(projection.schema, projection.name);
    const parking = new ParkingStore(projection.schema);
    const checkpoint = await checkpoints.open(pool);
    const parked = await parking.streams(pool);
    return new BatchWriter(pool, projection, { checkpoints, parking }, { checkpoint, parked });
  }

  get position(): Position | 'start' {
    return this.#checkpoint.position;
  }

  get parkedStreams(): number {
    return this.#parked.size;
  }

  /**
   * Projects a batch. An event that can't be taken parks its stream from there on, in the same transaction.
   *
   * @throws CheckpointMoved when another projector was faster, and whatever the database throws that is not the
   * fault of an event; nothing is written then.
   */
  async write({ events, checkpoint }: EventBatch): Promise<Written> {
    let failures: FoldFailure[] = [];
    for (;;) {
      const { taken, parked } = this.#divide(events, failures);
      const fold = await this.projection.fold(taken, this.pool);
      if (fold.failures.length > 0) {
        failures = merge(failures, fold.failures);
        continue;
      }
      try {
        await this.#commit(fold, checkpoint, (transaction) => this.#parking.park(transaction, failures, parked));
      } catch (error) {
        if (!isDataError(error)) throw error;
        const culprits = await findCulprits(taken, this.pool, this.projection);
        if (culprits.length === 0) throw error;
        failures = merge(failures, culprits);
        continue;
      }
      for (const { event } of failures) this.#parked.add(event.stream);
      return { projected: taken.length, failures };
    }
  }

  /** Tries every parked stream again, from the event at which it stands. Answers how many are parked no more. */
  async retryParked(chunk = 1_000): Promise<number> {
    let freed = 0;
    for (const stream of [...this.#parked]) {
      let outcome: 'more' | 'free' | 'stuck' = 'more';
      while (outcome === 'more') outcome = await this.#retry(stream, chunk);
      if (outcome === 'free') freed += 1;
    }
    return freed;
  }

  async #retry(stream: string, chunk: number): Promise<'more' | 'free' | 'stuck'> {
    const events = await this.#parking.events(this.pool, stream, chunk);
    const { taken, fold, failure } = await this.#foldSome(events);
    try {
      const free = await this.#commit(fold, this.#checkpoint.position, async (transaction) => {
        if (failure) await this.#parking.restate(transaction, failure);
        return this.#parking.release(transaction, taken);
      });
      if (free) this.#parked.delete(stream);
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
    const fold = await this.projection.fold(taken, this.pool);
    const first = fold.failures[0];
    return first ? this.#foldSome(events, first) : { taken, fold, failure };
  }

  async #commit<T>(fold: Fold, to: Position | 'start', also: (transaction: pg.PoolClient) => Promise<T>): Promise<T> {
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

  #divide(events: readonly RecordedEvent[], failures: readonly FoldFailure[]): Divided {
    if (this.#parked.size === 0 && failures.length === 0) return { taken: events, parked: [] };
    const parkedFrom = new Map(failures.map(({ event }) => [event.stream, event.revision]));
    const taken: RecordedEvent[] = [];
    const parked: RecordedEvent[] = [];
    for (const event of events) {
      const from = parkedFrom.get(event.stream);
      const isParked = this.#parked.has(event.stream) || (from !== undefined && event.revision >= from);
      (isParked ? parked : taken).push(event);
    }
    return { taken, parked };
  }
}

interface Divided {
  readonly taken: readonly RecordedEvent[];
  readonly parked: readonly RecordedEvent[];
}

interface FoldedSome {
  readonly taken: readonly RecordedEvent[];
  readonly fold: Fold;
  readonly failure: FoldFailure | undefined;
}

/** One failure per stream, its earliest. */
function merge(known: readonly FoldFailure[], more: readonly FoldFailure[]): FoldFailure[] {
  const earliest = new Map<string, FoldFailure>();
  for (const failure of [...known, ...more]) {
    const other = earliest.get(failure.event.stream);
    if (!other || failure.event.revision < other.event.revision) earliest.set(failure.event.stream, failure);
  }
  return [...earliest.values()];
}
