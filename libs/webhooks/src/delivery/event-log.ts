import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { comparePositions, EventStore, type Position, type RecordedEvent } from '#event-store';
import { licenseStreamPrefix } from '#license';
import { Bell } from './bell.js';

const prefixes = [licenseStreamPrefix];
const keptMax = 10_000;
const batch = { maxEvents: 500, maxWaitMs: 5 };
const retryMs = 500;
/** Between two reads that were cut short. */
const restMs = 40;

/** A stretch of the log: everything up to `upTo` is in it or was before it. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  readonly upTo: Position | 'start';
}

/**
 * The events of licenses in the order of the log, for all endpoints of this process: one subscription keeps the newest
 * in memory for those who are near the end, and those who are behind read pages of their own.
 */
@Injectable()
export class EventLog implements OnApplicationShutdown {
  private readonly logger = new Logger(EventLog.name);
  readonly #stop = new AbortController();
  readonly #bell = new Bell();
  #kept: RecordedEvent[] = [];
  /** What comes after it is in memory. */
  #floor: Position | null = null;
  #following: Promise<void> | null = null;
  /** Those who are behind take turns. */
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  /** Follows the end of the log from the first call on. */
  follow(): void {
    this.#following ??= this.#follow();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  /** Resolves when there is something new. */
  changed(): Promise<void> {
    return this.#bell.next();
  }

  /** What stands after a position; no event when there is nothing yet. @throws EventStoreUnavailable */
  async pageAfter(after: Position | 'start', maxCount: number): Promise<Page> {
    const floor = this.#floor;
    if (floor !== null && after !== 'start' && comparePositions(after, floor) >= 0) {
      const from = this.#placeAfter(after);
      const events = this.#kept.slice(from, from + maxCount);
      return { events, upTo: events.at(-1)?.position ?? after };
    }
    const events = await this.#readInTurn(after, maxCount);
    // The whole log was read to its end, which is not before the floor.
    if (events.length < maxCount && floor !== null) return { events, upTo: laterOf(events.at(-1)?.position, floor) };
    return { events, upTo: events.at(-1)?.position ?? after };
  }

  /**
   * One page at a time, and a rest after each that was cut short: that resets the call, and a server on Node's HTTP/2
   * takes more than 33 resets a second for an attack.
   */
  #readInTurn(after: Position | 'start', maxCount: number): Promise<RecordedEvent[]> {
    const read = async (): Promise<RecordedEvent[]> => {
      const events: RecordedEvent[] = [];
      for await (const event of this.store.readAll({ after, prefixes, maxCount })) events.push(event);
      return events;
    };
    const reading = this.#turn.then(read);
    this.#turn = reading.then(
      async ({ length }) => {
        if (length === maxCount) await sleep(restMs, undefined, { ref: false });
      },
      () => undefined,
    );
    return reading;
  }

  /** The index of the first event in memory that stands after a position. */
  #placeAfter(after: Position): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#kept[middle];
      if (event && comparePositions(event.position, after) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    let from: Position | null = null;
    while (from === null && !signal.aborted) {
      from = await this.store.lastPosition().catch(() => null);
      if (from === null) await sleep(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
    if (from === null) return;
    this.#floor = from;
    this.#bell.ring();
    const onInterrupted = (error: Error): void => this.logger.warn(`The log is not followed: ${error.message}`);
    for await (const { events } of this.store.subscribeToAll({ from, signal, prefixes, batch, onInterrupted })) {
      if (events.length === 0) continue;
      this.#keep(events);
      this.#bell.ring();
    }
  }

  #keep(events: readonly RecordedEvent[]): void {
    this.#kept.push(...events);
    // Half at a time, so that not every batch moves what is kept.
    if (this.#kept.length <= 2 * keptMax) return;
    const dropped = this.#kept.splice(0, this.#kept.length - keptMax);
    this.#floor = dropped.at(-1)?.position ?? this.#floor;
  }
}

const laterOf = (a: Position | undefined, b: Position): Position =>
  a !== undefined && comparePositions(a, b) > 0 ? a : b;
