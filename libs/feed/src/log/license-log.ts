import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { comparePositions, EventStore, type LogPage, type Position } from '#event-store';
import { licenseStream, licenseStreamPrefix } from '#license';
import { Bell } from './bell.js';
import { comparePlaces, laterOf, type Place } from './place.js';
import { RecentEvents } from './recent-events.js';
import { Turns } from './turns.js';

const prefixes = [licenseStreamPrefix];
const keptMax = 4_000;
const batch = { maxEvents: 500, maxWaitMs: 2 };
/** Pages that are read at once for all who are behind: what they hold is held that often at most. */
const readsAtOnce = 8;
const retryMs = 500;

/**
 * The events of licenses in the order of the log, for all readers of this process. One subscription keeps the newest in
 * memory for those who are near the end; those who are behind read pages from the store. A reader is a place and
 * nothing more, so it costs no memory between two pages.
 */
@Injectable()
export class LicenseLog implements OnModuleDestroy {
  private readonly logger = new Logger(LicenseLog.name);
  readonly #stop = new AbortController();
  readonly #bell = new Bell();
  readonly #turns = new Turns(readsAtOnce);
  #recent: RecentEvents | null = null;
  #following: Promise<void> | null = null;

  constructor(private readonly store: EventStore) {}

  /** Follows the end of the log from the first call on. */
  follow(): void {
    this.#following ??= this.#follow();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  /** Resolves when there is something new, after `timeoutMs`, or when the signal aborts. Needs {@link follow}. */
  whenChanged(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#bell.wait(timeoutMs, signal);
  }

  /** The end of the whole log, as the store has it now. @throws EventStoreUnavailable */
  end(): Promise<Position> {
    return this.store.lastPosition();
  }

  /**
   * Whether the log reaches that far: a position beyond its end is of another log, and whoever waited there would never
   * be told anything. @throws EventStoreUnavailable
   */
  async reaches(position: Position): Promise<boolean> {
    if (this.#recent !== null && comparePlaces(position, this.#recent.end) <= 0) return true;
    return comparePositions(position, await this.end()) <= 0;
  }

  /** Whether what stands after a place is in memory. */
  isRecent(place: Place): boolean {
    return this.#recent?.after(place, 0) != null;
  }

  /** What stands after a place, as far as this process knows. @throws EventStoreUnavailable */
  async pageAfter(after: Place, maxCount: number): Promise<LogPage> {
    const recent = this.#recent;
    const events = recent?.after(after, maxCount);
    if (!recent || !events) return this.readAfter(after, maxCount);
    const isLast = events.length < maxCount;
    return { events, upTo: isLast ? laterOf(after, recent.end) : (events.at(-1)?.position ?? after), isLast };
  }

  /** What stands after a place, as the store has it now. @throws EventStoreUnavailable */
  readAfter(after: Place, maxCount: number): Promise<LogPage> {
    return this.#turns.take(() => this.store.readPage({ after, prefixes, maxCount }));
  }

  /**
   * What stands after a place of one license, read from its own stream: the rest of the log, however long, is not looked
   * at. @throws EventStoreUnavailable
   */
  async readLicenseAfter(licenseId: string, after: Place, maxCount: number): Promise<LogPage> {
    return this.#turns.take(async () => {
      // Before the stream is read: what it does not hold yet comes behind this.
      const end = await this.store.lastPosition();
      const events = [];
      for await (const event of this.store.readStream(licenseStream(licenseId))) {
        if (events.length < maxCount && comparePlaces(event.position, after) > 0) events.push(event);
      }
      const last = events.at(-1)?.position ?? after;
      const isLast = events.length < maxCount;
      return { events, upTo: isLast ? laterOf(last, end) : last, isLast };
    });
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const from = await this.#endWhenReachable();
    if (from === null) return;
    const recent = new RecentEvents(from, keptMax);
    this.#recent = recent;
    this.#bell.ring();
    const onInterrupted = (error: Error): void => this.logger.warn(`The log is not followed: ${error.message}`);
    for await (const { events, checkpoint } of this.store.subscribeToAll({
      ...{ from, signal, prefixes, batch, onInterrupted },
    })) {
      recent.add(events, checkpoint);
      this.#bell.ring();
    }
  }

  /** Null when this is stopped before. */
  async #endWhenReachable(): Promise<Position | null> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const end = await this.store.lastPosition().catch(() => null);
      if (end !== null) return end;
      await sleep(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
    return null;
  }
}
