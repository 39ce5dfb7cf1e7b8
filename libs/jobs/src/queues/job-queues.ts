import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, type Job, type JobState } from 'bullmq';
import type { Redis } from 'ioredis';
import { dueKinds, type DueItem, type DueKind } from '../due/due-work.js';
import { producerConnection } from './redis-connection.js';
import type { RedisPlace } from './redis-place.js';

export type DueJob = Job<DueItem>;

/** The states that operators look at; a job that is done is gone. */
export const jobStates = ['waiting', 'active', 'delayed', 'failed'] as const satisfies readonly JobState[];
export type ListedState = (typeof jobStates)[number];

/** A job that fails is tried again after one second and after two, and is then left to be looked at. */
const attempts = 3;
const backoff = { type: 'exponential', delay: 1_000 };
const failedMax = 10_000;
const openTimeoutMs = 2_000;

/** Where due work waits for workers: a queue for each kind. Nothing is kept here alone, so it may be lost. */
export class JobQueues implements OnApplicationShutdown {
  private readonly logger = new Logger(JobQueues.name);
  private readonly queues: ReadonlyMap<DueKind, Queue<DueItem>>;
  #isAway = false;

  private constructor(
    private readonly connection: Redis,
    prefix: string,
  ) {
    this.connection.on('error', (error: Error) => this.#away(error));
    this.connection.on('ready', () => this.#back());
    const options = { connection: this.connection, prefix, skipWaitingForReady: true };
    this.queues = new Map(dueKinds.map((kind) => [kind, new Queue<DueItem>(queueName(kind), options)]));
    for (const queue of this.queues.values()) queue.on('error', (error) => this.#away(error));
  }

  /** Waits a moment for Redis, but not for ever: it may come later. */
  static async open({ url, prefix }: RedisPlace): Promise<JobQueues> {
    const connection = producerConnection(url);
    const ready = once(connection, 'ready').catch(() => undefined);
    await Promise.race([ready, sleep(openTimeoutMs, undefined, { ref: false })]);
    return new JobQueues(connection, prefix);
  }

  queue(kind: DueKind): Queue<DueItem> {
    const queue = this.queues.get(kind);
    if (queue === undefined) throw new Error(`there is no queue for ${kind}`);
    return queue;
  }

  /** Puts items into their queue; those that are in it already stay as they are. @throws Error when Redis is away */
  async add(kind: DueKind, items: readonly DueItem[], delayMs: (item: DueItem) => number): Promise<void> {
    if (items.length === 0) return;
    await this.queue(kind).addBulk(
      items.map((item) => ({
        name: kind,
        data: item,
        opts: {
          jobId: item.id,
          delay: Math.max(0, delayMs(item)),
          attempts,
          backoff,
          removeOnComplete: true,
          removeOnFail: { count: failedMax },
        },
      })),
    );
  }

  /** @throws Error when Redis is away */
  async counts(kind: DueKind): Promise<Readonly<Record<ListedState, number>>> {
    const counts = await this.queue(kind).getJobCounts(...jobStates);
    const of = (state: ListedState): number => counts[state] ?? 0;
    return { waiting: of('waiting'), active: of('active'), delayed: of('delayed'), failed: of('failed') };
  }

  /** The jobs that were given up, the latest first. @throws Error when Redis is away */
  async failed(kind: DueKind, limit = failedMax): Promise<readonly DueJob[]> {
    return (await this.queue(kind).getFailed(0, limit - 1)) as DueJob[];
  }

  /** @throws Error when Redis is away */
  async ping(): Promise<void> {
    await this.connection.ping();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.connection.disconnect();
  }

  /** Says it once for each time that Redis is away, though every attempt fails. */
  #away(error: Error): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.logger.warn(`Redis can't be reached; due work is looked for again when it is back: ${error.message}`);
  }

  #back(): void {
    if (this.#isAway) this.logger.log('Redis is back.');
    this.#isAway = false;
  }
}

export function queueName(kind: DueKind): string {
  return `${kind}s`;
}
