import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock, TestClock } from '#platform';
import { RollForward } from './roll-forward.js';

const intervalMs = 1_000;

/**
 * Looks every second for licenses that are due. Billing is right without it, as whoever touches a license rolls it
 * forward; with it, invoices are there on time. A test clock does this itself when it is moved.
 */
@Injectable()
export class RenewalLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  private readonly logger = new Logger(RenewalLoop.name);

  constructor(
    private readonly clock: Clock,
    private readonly rollForward: RollForward,
  ) {}

  onApplicationBootstrap(): void {
    if (!(this.clock instanceof TestClock)) this.#running = this.#run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let isInterrupted = false;
    while (!signal.aborted) {
      try {
        const { licenses, invoices } = await this.rollForward.pass(this.clock.now(), 'renewal-loop');
        if (licenses > 0) this.logger.log(`Rolled ${licenses} licenses forward; ${invoices} invoices were issued.`);
        if (isInterrupted) this.logger.log('Licenses are rolled forward again.');
        isInterrupted = false;
      } catch (error) {
        if (!isInterrupted) this.logger.error(`Licenses are not rolled forward until this is over: ${String(error)}`);
        isInterrupted = true;
      }
      await sleep(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
