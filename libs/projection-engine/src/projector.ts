import type pg from 'pg';
import { backoffMs, pause } from './backoff.js';
import { BatchWriter, type Prepared } from './batch-writer.js';
import { CheckpointMoved } from './checkpoint.js';
import type { EventBatch, Position } from '#event-store';
import { gather, type GatherLimits } from './gather.js';
import type { Progress } from './progress.js';
import type { FoldFailure, Projection } from './projection.js';
import { Rate } from './rate.js';

/** The log after a position, in batches, until the signal aborts. */
export type EventSource = (from: Position | 'start', signal: AbortSignal) => AsyncIterable<EventBatch>;

export interface ProjectorOptions {
  readonly pool: pg.Pool;
  readonly projection: Projection;
  readonly source: EventSource;
  /** Told of each new checkpoint. */
  readonly progress: Progress;
  readonly log: ProjectorLog;
  readonly limits?: GatherLimits;
  /** The first pause after a failure; each further one is up to twice as long, to 2 s at most. Default 100 ms. */
  readonly retryMs?: number;
  /** For the jitter of these pauses. Default Math.random. */
  readonly random?: () => number;
}

export interface ProjectorLog {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** For health and metrics. */
export interface ProjectorStatus {
  readonly running: boolean;
  /** False while another projector writes, or while nothing can be read or written. */
  readonly active: boolean;
  readonly caughtUp: boolean;
  /** Another projector writes, and this one is ready to take over. */
  readonly standBy: boolean;
  readonly position: Position | 'start' | null;
  /** Age of the newest event that is projected while older ones wait; 0 when caught up, `null` when unknown. */
  readonly lagMs: number | null;
  readonly eventsPerSecond: number;
  readonly eventsTotal: number;
  readonly parkedStreams: number;
  /** Since the last batch that was written. */
  readonly failures: number;
  readonly lastError: string | null;
}

/** The longest pauses: after a failure, which may be over any moment, and behind a projector that is well. */
const retryMaxMs = 2_000;
const standByMs = 10_000;

const defaultLimits: GatherLimits = { maxEvents: 2_000, maxWaitMs: 250 };

/** Keeps a projection up with the log: for ever, through every interruption. */
export class Projector {
  readonly #rate = new Rate();
  #stop = new AbortController();
  #running: Promise<void> | null = null;
  #writer: BatchWriter | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** A new start may be a new program, which understands what the last one did not. */
  #retryIsDue = true;
  #caughtUp = false;
  #standBy = false;
  #newestMs: number | null = null;
  #eventsTotal = 0;
  #failures = 0;
  #lastError: string | null = null;

  constructor(private readonly options: ProjectorOptions) {}

  start(): void {
    if (this.#running) return;
    this.#stop = new AbortController();
    this.#retryIsDue = true;
    this.#running = this.#run(this.#stop.signal);
  }

  /** Resolves when the batch in hand is written and everything is let go. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#running = null;
  }

  /**
   * Tries the parked streams again, as each start does. Answers how many were freed.
   *
   * @throws Error when this projector is not the one that writes.
   */
  retryParked(): Promise<number> {
    return this.#inTurn(() => {
      if (!this.#writer)
        throw new Error('This projector is not writing at the moment: try again, or ask the one that is.');
      return this.#writer.retryParked();
    });
  }

  status(nowMs = Date.now()): ProjectorStatus {
    return {
      running: this.#running !== null,
      active: this.#writer !== null,
      caughtUp: this.#caughtUp,
      standBy: this.#standBy,
      position: this.#writer?.position ?? null,
      lagMs: this.#caughtUp ? 0 : this.#newestMs === null ? null : Math.max(0, nowMs - this.#newestMs),
      eventsPerSecond: this.#rate.perSecond(nowMs),
      eventsTotal: this.#eventsTotal,
      parkedStreams: this.#writer?.parkedStreams ?? 0,
      failures: this.#failures,
      lastError: this.#lastError,
    };
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { retryMs = 100, random = Math.random } = this.options;
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
        if (!signal.aborted) throw new Error('the subscription ended');
      } catch (error) {
        if (signal.aborted) break;
        this.#standBy = error instanceof CheckpointMoved;
        const longestMs = this.#standBy ? standByMs : retryMaxMs;
        const retryInMs = backoffMs(this.#failures++, retryMs, longestMs, random);
        this.#tell(error instanceof Error ? error.message : String(error));
        await pause(retryInMs, signal);
      } finally {
        this.#writer = null;
        this.#caughtUp = false;
      }
    }
  }

  /** Once for each failure, however often it comes in a row. */
  #tell(failure: string): void {
    const { log } = this.options;
    const said = `${this.#name} stands still, and tries again until it goes on: ${failure}.`;
    if (failure !== this.#lastError) {
      if (this.#standBy) log.warn(said);
      else log.error(said);
    }
    this.#lastError = failure;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { pool, projection, log } = this.options;
    const writer = await BatchWriter.open(pool, projection);
    if (this.#retryIsDue) {
      const freed = await writer.retryParked();
      if (freed > 0) log.log(`${this.#name} took up ${freed} parked streams again.`);
      this.#retryIsDue = false;
    }
    this.#advance(writer);
    this.#writer = writer;
    await this.#pipe(writer, signal);
  }

  /** Folds each batch while the one before it is being written. */
  async #pipe(writer: BatchWriter, signal: AbortSignal): Promise<void> {
    const { source, limits = defaultLimits } = this.options;
    const failed = new AbortController();
    const ends = AbortSignal.any([signal, failed.signal]);
    const batches = gather((reading) => source(writer.position, AbortSignal.any([reading, ends])), limits);
    let before: Prepared | null = null;
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const batch of batches) {
        const prepared: Prepared = await writer.prepare(batch, before);
        await writing;
        if (signal.aborted) break;
        before = prepared;
        writing = this.#inTurn(() => this.#commit(writer, prepared)).then(() => {
          // What is written need not be held in memory for the next.
          if (before === prepared) before = null;
        });
        // Reading ends at once, not with the next event; what failed is thrown below.
        writing.catch(() => failed.abort());
      }
    } catch (error) {
      await writing.catch(() => undefined);
      throw error;
    }
    await writing;
  }

  async #commit(writer: BatchWriter, prepared: Prepared): Promise<void> {
    const { batch } = prepared;
    const { projected, failures } = await writer.commit(prepared);
    for (const failure of failures) this.#shout(failure);
    this.#advance(writer);
    const nowMs = Date.now();
    this.#rate.add(projected, nowMs);
    this.#eventsTotal += projected;
    this.#caughtUp = batch.caughtUp;
    this.#newestMs = batch.events.at(-1)?.recordedAt.getTime() ?? this.#newestMs;
    if (this.#failures > 0) this.options.log.log(`${this.#name} goes on.`);
    this.#failures = 0;
    this.#lastError = null;
    this.#standBy = false;
  }

  #advance(writer: BatchWriter): void {
    if (writer.position !== 'start') this.options.progress.advance(writer.position);
  }

  #shout({ event, reason }: FoldFailure): void {
    this.options.log.error(
      `${this.#name} parked ${event.stream}: ${event.type} (event ${event.id}, revision ${event.revision}) could not ` +
        `be projected: ${reason}. Its later events wait with it; they are tried again at each start and on request.`,
    );
  }

  get #name(): string {
    return `Projection ${this.options.projection.name} version ${this.options.projection.version}`;
  }

  /** One thing at a time: a batch, or a retry of what is parked. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
