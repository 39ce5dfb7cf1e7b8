import type pg from 'pg';
import { comparePositions, type EventStore, type Position } from '#event-store';
import { CheckpointStore, Progress, Projector, type ProjectorLog } from '#projection-engine';
import { LedgerProjection } from '../ledger/ledger-projection.js';

/** How far a schema has been filled. */
export interface FillProgress {
  /** In this run. */
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Of the way through the log, in bytes or events as the store counts, from 0 to 1. */
  readonly share: number;
}

export interface Fill {
  readonly pool: pg.Pool;
  readonly store: EventStore;
  readonly schema: string;
  readonly log: ProjectorLog;
  readonly signal: AbortSignal;
  readonly progress: (progress: FillProgress) => void;
}

const lookMs = 200;

/**
 * A schema that is filled by a projector of its own: first all that the log has, then what comes.
 *
 * @throws whatever the signal was aborted with; what was filled until then stays, and the next one goes on there
 */
export class SchemaFilling {
  private constructor(
    private readonly fill: Fill,
    private readonly projector: Projector,
    private readonly reached: Progress,
  ) {}

  static start(fill: Fill): SchemaFilling {
    const { pool, store, schema, log } = fill;
    const projection = new LedgerProjection(schema);
    const checkpoint = new CheckpointStore(schema, projection.name);
    // Another projector may be the one that fills it.
    const reached = new Progress(async () => {
      const position = (await checkpoint.read(pool))?.position;
      return position === undefined || position === 'start' ? null : position;
    });
    const projector = new Projector({
      ...{ pool, projection, progress: reached, log },
      source: (from, signal) =>
        store.subscribeToAll({ from, signal, prefixes: projection.prefixes, batch: { maxEvents: 500, maxWaitMs: 5 } }),
    });
    projector.start();
    return new SchemaFilling(fill, projector, reached);
  }

  /** Resolves when the schema holds all that the log has at this moment. */
  async untilComplete(): Promise<void> {
    const { store, signal, progress } = this.fill;
    const end = await store.lastPositionOf(new LedgerProjection().prefixes);
    while (end !== null && !(await this.reached.waitFor(end, lookMs))) {
      signal.throwIfAborted();
      const { eventsTotal, eventsPerSecond, position } = this.projector.status();
      progress({ events: eventsTotal, eventsPerSecond, share: shareOf(position, end) });
    }
    signal.throwIfAborted();
  }

  /** Lets the schema stand where it is. */
  stop(): Promise<void> {
    return this.projector.stop();
  }

  goOn(): void {
    this.projector.start();
  }
}

function shareOf(position: Position | 'start' | null, end: Position): number {
  if (position === null || position === 'start') return 0;
  return comparePositions(position, end) >= 0 ? 1 : Number((position.commit * 1_000n) / (end.commit || 1n)) / 1_000;
}
