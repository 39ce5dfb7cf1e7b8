import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { Clock } from '#platform';
import type { DueItem, DueKind } from '../due/due-work.js';
import { queueName, type DueJob, type JobQueues } from '../queues/job-queues.js';
import { workerConnection } from '../queues/redis-connection.js';
import type { RedisPlace } from '../queues/redis-place.js';
import type { Handled, Handler } from './handler.js';
import { isOutage } from './is-outage.js';

/** While something that all jobs need is away, none is begun for this long. */
const outagePauseMs = 1_000;
/** A worker that dies holds its jobs for this long, plus until the next one looks. */
const lockMs = 10_000;
const stalledCheckMs = 5_000;
/** Redis is looked for this often while it is away. */
const retryMs = 1_000;
/** How long Redis may take to be told of the last jobs when this process ends. */
const farewellMs = 3_000;
const delayMinMs = 50;
const delayMaxMs = 1_000;

/** Takes jobs from their queues and has them done. Any number of processes may do so at once. */
export class Workers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Workers.name);
  #connection: Redis | undefined;
  #workers: Worker<DueItem>[] = [];
  /** What is being handled. */
  readonly #inHand = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();
  readonly #interrupted = new Set<DueKind>();

  constructor(
    private readonly redis: RedisPlace,
    private readonly queues: JobQueues,
    private readonly clock: Clock,
    private readonly handlers: readonly Handler[],
  ) {}

  onApplicationBootstrap(): void {
    const connection = (this.#connection = workerConnection(this.redis.url, this.#ended.signal));
    // The queues' own connection tells of it.
    connection.on('error', () => undefined);
    this.#workers = this.handlers.map((handler) => this.#start(handler, connection));
  }

  /** Ends when the jobs that were begun are done. Redis may be away: what it is not told of them is found again. */
  async onApplicationShutdown(): Promise<void> {
    if (this.#connection?.status !== 'ready') await this.#giveRedisUp();
    const closed = Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.race([closed, this.#handled().then(() => sleep(farewellMs, undefined, { ref: false }))]);
    this.#ended.abort();
    this.#connection?.disconnect();
  }

  /** Lets the connections end by themselves: to close one that waits to connect again leaves it waiting for ever. */
  async #giveRedisUp(): Promise<void> {
    this.#ended.abort();
    const ended = new Promise((resolve) => this.#connection?.once('end', resolve));
    await Promise.race([ended, sleep(farewellMs, undefined, { ref: false })]);
  }

  async #handled(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand);
  }

  #start(handler: Handler, connection: Redis): Worker<DueItem> {
    const worker = new Worker<DueItem>(queueName(handler.kind), (job, token) => this.#run(handler, job, token), {
      connection,
      prefix: this.redis.prefix,
      concurrency: handler.concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      runRetryDelay: retryMs,
      // A job is begun again however often its workers die: it is due until it is done.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    worker.on('error', (error) => this.logger.debug(`${handler.kind} worker: ${error.message}`));
    worker.on('failed', (job, error) => this.#tellOfFailure(job, error));
    return worker;
  }

  async #run(handler: Handler, job: DueJob, token: string | undefined): Promise<void> {
    const { data: item } = job;
    const earlyMs = Date.parse(item.dueAt) - this.clock.nowMs();
    // Another machine's clock may be ahead of this one's.
    if (earlyMs > 0) return this.#again(job, token, earlyMs);
    let handled: Handled;
    try {
      handled = await this.#handle(handler, item);
    } catch (error) {
      if (isOutage(error)) return this.#pause(handler.kind, error);
      throw error;
    }
    if (this.#interrupted.delete(handler.kind)) this.logger.log(`Jobs of the kind ${handler.kind} are done again.`);
    if (handled !== 'done') await this.#again(job, token, handled.againInMs);
  }

  /** In hand until the handler is done with it, not until Redis knows: that may be away for long. */
  async #handle(handler: Handler, item: DueItem): Promise<Handled> {
    const handling = handler.handle(item);
    this.#inHand.add(handling);
    try {
      return await handling;
    } finally {
      this.#inHand.delete(handling);
    }
  }

  async #again(job: DueJob, token: string | undefined, inMs: number): Promise<never> {
    await job.moveToDelayed(Date.now() + Math.min(Math.max(inMs, delayMinMs), delayMaxMs), token);
    throw new DelayedError();
  }

  /** The job goes back to where it was, and counts no attempt. */
  async #pause(kind: DueKind, error: unknown): Promise<never> {
    if (!this.#interrupted.has(kind)) {
      this.#interrupted.add(kind);
      this.logger.warn(`Jobs of the kind ${kind} wait until this is over: ${String(error)}`);
    }
    await this.queues.queue(kind).rateLimit(outagePauseMs);
    throw Worker.RateLimitError();
  }

  #tellOfFailure(job: DueJob | undefined, error: Error): void {
    if (job === undefined || job.attemptsMade < (job.opts.attempts ?? 1)) return;
    const { kind, licenseId } = job.data;
    this.logger.error(`The ${kind} of license ${licenseId} failed, and is tried again later: ${error.message}`);
  }
}
