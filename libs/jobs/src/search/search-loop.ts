import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { dueKinds } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import { Search } from './search.js';

const intervalMs = 5_000;
const intervalWithMoreMs = 250;
const retryFailedMs = 600_000;

/**
 * Looks for due work again and again, and so finds what was missed: while no worker ran, when Redis was emptied, what
 * nobody asked for. Jobs that failed are tried again every ten minutes.
 */
@Injectable()
export class SearchLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SearchLoop.name);
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #isInterrupted = false;

  constructor(
    private readonly search: Search,
    private readonly queues: JobQueues,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = Promise.all([this.#searchAgainAndAgain(), this.#retryFailedNowAndThen()]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #searchAgainAndAgain(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const more = await this.#attempt(async () => (await this.search.pass()).more);
      await this.#pause(more ? intervalWithMoreMs : intervalMs);
    }
  }

  async #retryFailedNowAndThen(): Promise<void> {
    for (await this.#pause(retryFailedMs); !this.#stop.signal.aborted; await this.#pause(retryFailedMs)) {
      await this.#attempt(async () => {
        for (const kind of dueKinds) await this.queues.queue(kind).retryJobs({ state: 'failed' });
        return false;
      });
    }
  }

  async #attempt(work: () => Promise<boolean>): Promise<boolean> {
    try {
      const result = await work();
      if (this.#isInterrupted) this.logger.log('Due work is found again.');
      this.#isInterrupted = false;
      return result;
    } catch (error) {
      if (!this.#isInterrupted) this.logger.warn(`Due work is not found until this is over: ${String(error)}`);
      this.#isInterrupted = true;
      return false;
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
  }
}
