import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { EventStore } from '#event-store';
import { startEventStoreNode } from '#event-store-node';
import { migrate, openPool, Progress, Projector } from '#projection-engine';
import { LedgerProjection, ledgerSchema, migrations } from '#read-model';
import { LedgerPlayer } from './ledger-player.js';

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** An event store with what a player played on it, and a database into which it was projected. */
export class PlayedLedger {
  private constructor(
    readonly store: EventStore,
    readonly player: LedgerPlayer,
    readonly pool: pg.Pool,
    private readonly stopping: () => Promise<void>,
  ) {}

  static async open(databaseUrl: string): Promise<PlayedLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'seat-ledger-spec-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const store = new EventStore(node.connectionString);
    const pool = openPool(databaseUrl, { max: 4 });
    await migrate(pool, ledgerSchema, migrations);
    return new PlayedLedger(store, new LedgerPlayer(store), pool, async () => {
      await pool.end();
      await store.close();
      await node.stop();
      await rm(folder, { recursive: true });
    });
  }

  /** Projects until the end of the log, and stops there. */
  async project(schema = ledgerSchema): Promise<void> {
    const { projector, progress } = this.#projector(schema);
    const end = await this.store.lastPositionOf(new LedgerProjection(schema).prefixes);
    projector.start();
    if (end && !(await progress.waitFor(end, 120_000))) throw new Error('the projector did not arrive');
    await projector.stop();
  }

  /** Projects what there is and what comes, until the answer is called. */
  follow(schema = ledgerSchema): () => Promise<void> {
    const { projector } = this.#projector(schema);
    projector.start();
    return () => projector.stop();
  }

  #projector(schema: string): { projector: Projector; progress: Progress } {
    const projection = new LedgerProjection(schema);
    const { prefixes } = projection;
    const progress = new Progress(() => Promise.resolve(null));
    const projector = new Projector({
      ...{ pool: this.pool, projection, progress, log: silent },
      source: (from, signal) =>
        this.store.subscribeToAll({ from, signal, prefixes, batch: { maxEvents: 500, maxWaitMs: 1 } }),
    });
    return { projector, progress };
  }

  stop(): Promise<void> {
    return this.stopping();
  }
}
