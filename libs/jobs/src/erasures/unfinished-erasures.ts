import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Persons } from '#personal-data';
import { ledgerSchema } from '#read-model';

const intervalMs = 60_000;

/**
 * Destroys the keys of erasures that are recorded and were cut off before the key was gone: at start, and then every
 * minute. Who asked for the erasure was not answered; this is for whoever does not ask again.
 */
@Injectable()
export class UnfinishedErasures implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UnfinishedErasures.name);
  readonly #stop = new AbortController();
  /** Up to which key each license is known to have none. */
  readonly #done = new Map<string, number>();
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly persons: Persons,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#finishAgainAndAgain();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Looks once at every license that was erased. */
  async pass(): Promise<void> {
    const { rows } = await this.pool.query<{ license_id: string; personal_data_key: number }>(
      `SELECT license_id, personal_data_key FROM ${ledgerSchema}.licenses WHERE personal_data_key > 1`,
    );
    for (const { license_id: licenseId, personal_data_key } of rows) {
      const key = personal_data_key - 1;
      if (this.#done.get(licenseId) === key) continue;
      await this.persons.erase({ licenseId, key });
      this.#done.set(licenseId, key);
    }
  }

  async #finishAgainAndAgain(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.pass().catch((error: unknown) => this.logger.warn(`Erasures wait: ${String(error)}`));
      await sleep(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
