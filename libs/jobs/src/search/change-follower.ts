import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStore, type Position, type RecordedEvent } from '#event-store';
import { decodeEvent, entitlementChange, licenseStreamPrefix } from '#license';
import { pushOf, type DueItem } from '../due/due-work.js';
import { Search } from './search.js';

const batch = { maxEvents: 200, maxWaitMs: 5 };
const retryMs = 1_000;

/**
 * Asks for the push of a change as soon as it is recorded. It begins with what comes next and keeps no place: what was
 * recorded while nobody followed is found by the search.
 */
@Injectable()
export class ChangeFollower implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ChangeFollower.name);
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly search: Search,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#follow();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const from = await this.#end();
    if (from === null) return;
    const subscription = this.store.subscribeToAll({ from, signal, prefixes: [licenseStreamPrefix], batch });
    for await (const { events } of subscription) {
      await this.#ask(events.flatMap(pushesFor));
    }
  }

  /** The end of the log, as soon as there is somebody to tell; null when this is stopped before. */
  async #end(): Promise<Position | null> {
    while (!this.#stop.signal.aborted) {
      const position = await this.store.lastPosition().catch(() => null);
      if (position !== null) return position;
      await sleep(retryMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
    }
    return null;
  }

  async #ask(pushes: readonly DueItem[]): Promise<void> {
    await this.search.ask('push', pushes).catch((error: unknown) => {
      this.logger.debug(`${pushes.length} pushes are left to the search: ${String(error)}`);
    });
  }
}

/** An event that can't be read is the projections' to report. */
function pushesFor({ stream, revision, type, data, metadata }: RecordedEvent): DueItem[] {
  const licenseId = stream.slice(licenseStreamPrefix.length);
  try {
    const event = decodeEvent({ type, version: metadata.schemaVersion, data });
    const change = entitlementChange(licenseId, event, Number(revision));
    return change === null ? [] : [pushOf(licenseId, change.revision, change.requestedAt)];
  } catch {
    return [];
  }
}
