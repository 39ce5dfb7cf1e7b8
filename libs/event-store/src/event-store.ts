import { setTimeout as sleep } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  NO_STREAM,
  PersistentSubscriptionDoesNotExistError,
  WrongExpectedVersionError,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { AllSubscription, type SubscribeOptions } from './all-subscription.js';
import { AppendPipe, type AppendAnswer } from './append-pipe.js';
import type { AppendRequest, ExpectedRevision } from './append-message.js';
import type { Random } from './backoff.js';
import { CertainAppend } from './certain-append.js';
import { connect, type KeepAlive } from './connection-string.js';
import { readRecords, type ReadRecordsOptions } from './copy/read-records.js';
import type { StoredRecord } from './copy/stored-record.js';
import { EventStoreRejected, toStoreError } from './errors.js';
import { readPage, type LogPage, type PageOptions } from './page.js';
import { readPatiently } from './patient-read.js';
import type { Position } from './position.js';
import { attentively, readAll, readStream, type ReadAllOptions, type ReadStreamOptions } from './read.js';
import { toRecordedEvent, type RecordedEvent } from './recorded-event.js';
import { toSubscriptionGroup, type SubscriptionGroup } from './subscription-group.js';
import { endingByItself } from './unfound-stream.js';

export interface EventStoreOptions {
  /** How long one append may stay unanswered before its fate is looked up. Default 3 s. */
  readonly appendTimeoutMs?: number;
  /** How long to go on looking it up, reading a stream, or reading for a copy, before EventStoreUnavailable. Default 5 s. */
  readonly patienceMs?: number;
  /** How long a read may be silent. Default 5 s. */
  readonly readTimeoutMs?: number;
  /** Appends that may be under way at once, in this process. Default 4,096. */
  readonly maxAppendsInFlight?: number;
  /** How often an open connection is pinged, and how long the answer may take. Default 10 s and 5 s. */
  readonly keepAlive?: KeepAlive;
  /** For the jitter of back-off. Default Math.random. */
  readonly random?: Random;
}

export interface StoreHealth {
  readonly available: boolean;
  readonly latencyMs: number;
  /** The end of the log: what lag is measured against. Null when unknown. */
  readonly lastPosition: Position | null;
  readonly error: string | null;
}

const closeTimeoutMs = 2_000;
const backwardsPageSize = 64;

/** The one door to the event store. */
export class EventStore {
  readonly random: Random;
  readonly #client: EventStoreDBClient;
  readonly #appends: CertainAppend;
  readonly #readTimeoutMs: number;
  readonly #patienceMs: number;
  readonly #closing = new AbortController();

  constructor(connectionString: string, options: EventStoreOptions = {}) {
    this.random = options.random ?? Math.random;
    this.#readTimeoutMs = options.readTimeoutMs ?? 5_000;
    this.#patienceMs = options.patienceMs ?? 5_000;
    this.#client = connect(connectionString, options.keepAlive ?? { intervalMs: 10_000, timeoutMs: 5_000 });
    const pipe = new AppendPipe(this.#client, {
      timeoutMs: options.appendTimeoutMs ?? 3_000,
      maxInFlight: options.maxAppendsInFlight ?? 4_096,
    });
    this.#appends = new CertainAppend(
      pipe,
      (stream, from, maxCount, timeoutMs) => readStream(this.#client, stream, { from, maxCount, timeoutMs }),
      { patienceMs: this.#patienceMs, random: this.random },
    );
  }

  /** Appends exactly once or says that it did not. Give each event an id that its content determines. */
  append(request: AppendRequest): Promise<AppendAnswer> {
    return this.#appends.append(request);
  }

  /** Waits out an interruption. @throws EventStoreUnavailable when it lasts */
  readStream(stream: string, options: Partial<ReadStreamOptions> = {}): AsyncGenerator<RecordedEvent> {
    const { timeoutMs = this.#readTimeoutMs, ...stretch } = options;
    return readPatiently((next) => readStream(this.#client, stream, { ...next, timeoutMs }), stretch, {
      patienceMs: this.#patienceMs,
      random: this.random,
      signal: this.#closing.signal,
    });
  }

  readAll(options: Partial<ReadAllOptions> = {}): AsyncGenerator<RecordedEvent> {
    return readAll(this.#client, { timeoutMs: this.#readTimeoutMs, ...options });
  }

  /** @throws EventStoreUnavailable */
  readPage(options: Omit<PageOptions, 'timeoutMs'>): Promise<LogPage> {
    return readPage(this.#client, { ...options, timeoutMs: this.#readTimeoutMs });
  }

  /** Every event of every stream as bytes, the store's own included; survives a connection that breaks. */
  readRecords(options: Pick<ReadRecordsOptions, 'from' | 'doing'>): AsyncGenerator<StoredRecord> {
    const limits = { timeoutMs: this.#readTimeoutMs, patienceMs: this.#patienceMs, random: this.random };
    return readRecords(this.#client, { ...options, ...limits });
  }

  /** The newest event of a stream that may be seen, or null. */
  async lastEvent(stream: string): Promise<RecordedEvent | null> {
    const newest = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const;
    const reading = endingByItself(this.#client.readStream(stream, newest));
    let last: RecordedEvent | null = null;
    try {
      for await (const resolved of attentively(reading, this.#readTimeoutMs)) last = toRecordedEvent(resolved);
    } catch (error) {
      throw toStoreError(`reading the end of ${stream}`, error);
    }
    return last;
  }

  /** Ends a stream for ever. False, and nothing is done, when it is not at the expected revision. */
  async tombstone(stream: string, expectedRevision: ExpectedRevision): Promise<boolean> {
    const expected = expectedRevision < 0n ? NO_STREAM : expectedRevision;
    try {
      await this.#client.tombstoneStream(stream, { expectedRevision: expected, requiresLeader: true });
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return false;
      throw toStoreError(`ending ${stream}`, error);
    }
  }

  /** The persistent subscriptions of the server, as far as this user may see them. */
  async persistentSubscriptions(): Promise<readonly SubscriptionGroup[]> {
    try {
      return (await this.#client.listAllPersistentSubscriptions()).map(toSubscriptionGroup);
    } catch (error) {
      if (error instanceof PersistentSubscriptionDoesNotExistError) return [];
      throw toStoreError('listing the persistent subscriptions', error);
    }
  }

  subscribeToAll(options: SubscribeOptions): AllSubscription {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return new AllSubscription(this.#client, { ...options, signal }, this.random);
  }

  /** The position of the newest event of the whole log. */
  async lastPosition(timeoutMs = this.#readTimeoutMs): Promise<Position> {
    const reading = this.#client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 });
    let last: Position | undefined;
    try {
      // To the end, though there is one event at most: the client keeps a call for ever whose end nobody reads.
      for await (const resolved of attentively(reading, timeoutMs)) last = toRecordedEvent(resolved).position;
    } catch (error) {
      throw toStoreError('reading the end of the log', error);
    }
    if (last) return last;
    throw new EventStoreRejected('The end of the log may not be read: grant this user access to $all.');
  }

  /** The position of the newest event of a stream whose name starts with one of these; null when there is none. */
  async lastPositionOf(prefixes: readonly string[]): Promise<Position | null> {
    let from: Position | typeof END = END;
    for (;;) {
      const page = await this.#backwardsFrom(from);
      const newest = page.find(({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix)));
      if (newest) return newest.position;
      const oldest = page.at(-1);
      if (page.length < backwardsPageSize || !oldest) return null;
      from = oldest.position;
    }
  }

  /** One page of the log, the newest first; each page to its end, for the reason above. */
  async #backwardsFrom(fromPosition: Position | typeof END): Promise<RecordedEvent[]> {
    const reading = this.#client.readAll({ fromPosition, direction: BACKWARDS, maxCount: backwardsPageSize });
    const page: RecordedEvent[] = [];
    try {
      for await (const each of attentively(reading, this.#readTimeoutMs)) page.push(toRecordedEvent(each));
    } catch (error) {
      throw toStoreError('reading the end of the log', error);
    }
    return page;
  }

  /** A cheap sign of life: the end of the log, within `timeoutMs`. Never throws. */
  async health(timeoutMs = 1_000): Promise<StoreHealth> {
    const startedAt = performance.now();
    const latencyMs = (): number => performance.now() - startedAt;
    try {
      const lastPosition = await this.lastPosition(timeoutMs);
      return { available: true, latencyMs: latencyMs(), lastPosition, error: null };
    } catch (error) {
      return { available: false, latencyMs: latencyMs(), lastPosition: null, error: (error as Error).message };
    }
  }

  /** Ends subscriptions and every call that is open. Let commands finish first: appends are not waited for. */
  async close(): Promise<void> {
    this.#closing.abort();
    // The client waits for the end of each of its streams, and one whose server has died may never come to it.
    await Promise.race([this.#client.dispose(), sleep(closeTimeoutMs, undefined, { ref: false })]);
  }
}
