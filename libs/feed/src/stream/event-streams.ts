import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Readable } from 'node:stream';
import { LicenseLog } from '../log/license-log.js';
import type { Place } from '../log/place.js';
import { eventStream } from './event-stream.js';
import type { EventFilter } from './filter.js';

const heartbeatMs = 10_000;
const pageEvents = 100;
/** Then the client comes again, with a token that still holds. */
const streamMaxMs = 3_600_000;

/** The open streams of this process. They end before the server does, so that clients go on elsewhere at once. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly logger = new Logger(EventStreams.name);
  readonly #stop = new AbortController();
  #open = 0;

  constructor(private readonly log: LicenseLog) {}

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** How many are open. */
  get open(): number {
    return this.#open;
  }

  /** @param gone aborts when the client is no longer there */
  start(after: Place, filter: EventFilter, gone: AbortSignal): Readable {
    this.log.follow();
    const signal = AbortSignal.any([gone, this.#stop.signal, AbortSignal.timeout(streamMaxMs)]);
    const events = this.#counted(eventStream(this.log, { after, filter, signal, heartbeatMs, pageEvents }));
    // A mark of one byte: a page is asked for when the one before has left, and none is made ahead.
    return Readable.from(events, { objectMode: false, highWaterMark: 1 });
  }

  /** A stream that breaks off ends in order: its client comes again, and is told why by the log of the service alone. */
  async *#counted(events: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    this.#open += 1;
    try {
      yield* events;
    } catch (error) {
      this.logger.error(new Error('The event feed can not go on', { cause: error }));
    } finally {
      this.#open -= 1;
    }
  }
}
