import type pg from 'pg';
import type { EventStore } from '#event-store';
import type { JobQueues } from '#jobs';
import type { Progress, Projector } from '#projection-engine';
import type { Options } from '../options.js';

export interface PartHealth {
  readonly ok: boolean;
  readonly [detail: string]: unknown;
}

export interface Health {
  readonly status: 'ready' | 'not-ready';
  readonly parts: Readonly<Record<string, PartHealth>>;
}

const timeoutMs = 1_000;
/** A projection that is further behind shows too old a ledger to be asked. */
const lagMaxMs = 30_000;

/** Whether this process can do its work, and if not, what is in the way. */
export class Readiness {
  #looking: Promise<Health> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly pool: pg.Pool,
    private readonly progress: Progress,
    private readonly projector: Projector | null,
    private readonly queues: JobQueues | null,
    private readonly roles: Options['roles'],
  ) {}

  /** Those who ask at once are told the same: everybody may ask, and a look costs each server one. */
  check(): Promise<Health> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<Health> {
    const [eventStore, readModel, redis] = await Promise.all([
      this.#eventStore(),
      this.#answering(this.pool.query('SELECT 1')),
      this.queues && this.#answering(this.queues.ping()),
    ]);
    const parts: Record<string, PartHealth> = {
      eventStore,
      readModel: this.progress.complete ? readModel : { ...readModel, ok: false, complete: false },
      ...(redis && { redis }),
      ...(this.projector && { projection: this.#projection(this.projector) }),
    };
    const ready = Object.entries(parts).every(([name, { ok }]) => ok || !this.#isNeeded(name));
    return { status: ready ? 'ready' : 'not-ready', parts };
  }

  async #eventStore(): Promise<PartHealth> {
    const { available, latencyMs, error } = await this.store.health(timeoutMs);
    return { ok: available, latencyMs: Math.round(latencyMs), ...(error !== null && { error }) };
  }

  /** Commands and queries go on without Redis: what is due waits until it is back. */
  #isNeeded(part: string): boolean {
    return part !== 'redis' || !this.roles.has('api');
  }

  async #answering(asked: Promise<unknown>): Promise<PartHealth> {
    const startedAtMs = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      await Promise.race([asked, late]);
      return { ok: true, latencyMs: Math.round(performance.now() - startedAtMs) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  #projection(projector: Projector): PartHealth {
    const { active, standBy, caughtUp, lagMs, parkedStreams, lastError } = projector.status();
    const ok = standBy || (lagMs !== null && lagMs <= lagMaxMs);
    return { ok, active, standBy, caughtUp, lagMs, parkedStreams, ...(lastError !== null && { lastError }) };
  }
}
