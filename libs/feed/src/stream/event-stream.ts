import { EventStoreUnavailable, type LogPage } from '#event-store';
import { encodePosition } from '#http';
import type { LicenseLog } from '../log/license-log.js';
import type { Place } from '../log/place.js';
import { isWanted, type EventFilter } from './filter.js';
import { toldOf } from './told.js';

export interface EventStreamOptions {
  readonly after: Place;
  readonly filter: EventFilter;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** How long the consumer may hear nothing. */
  readonly heartbeatMs: number;
  /** What goes out at once, and all that a consumer that does not read makes us hold, beside as much on its way. */
  readonly pageEvents: number;
}

/** How soon a client comes again whose stream ended. */
const reconnectMs = 2_000;
const outageMs = 1_000;

/**
 * A consumer's server-sent events, page by page. The next page is read when the one before was taken, so a slow consumer
 * costs one page, and is held up by nobody but itself. Between them stand heartbeats that carry the id of the place that
 * was reached: a consumer whose filter lets nothing through moves on all the same.
 *
 * It goes on over an outage of the store. @throws Error for an event that can not be told, behind those before it
 */
export async function* eventStream(
  log: LicenseLog,
  { after, filter, signal, heartbeatMs, pageEvents }: EventStreamOptions,
): AsyncGenerator<Buffer, void, undefined> {
  let place = after;
  let saidAtMs = performance.now();
  // Something at once, so that the consumer knows that it is connected.
  yield Buffer.from(`retry: ${reconnectMs}\n${heartbeat(place)}`);
  while (!signal.aborted) {
    const page = await pageOf(log, place, filter, pageEvents);
    const { frames, failure } = page === null ? nothing : framesOf(page, filter);
    if (frames.length > 0) {
      yield frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
      saidAtMs = performance.now();
    }
    if (failure !== null) throw failure;
    if (page !== null) place = page.upTo;
    const quietMs = performance.now() - saidAtMs;
    if (quietMs >= heartbeatMs) {
      yield Buffer.from(heartbeat(place));
      saidAtMs = performance.now();
    } else if (page === null) {
      await log.whenChanged(Math.min(outageMs, heartbeatMs - quietMs), signal);
    } else if (page.isLast) {
      await log.whenChanged(heartbeatMs - quietMs, signal);
    }
  }
}

const nothing = { frames: [], failure: null };

/** Null while the store is away. */
async function pageOf(
  log: LicenseLog,
  place: Place,
  { licenseId }: EventFilter,
  pageEvents: number,
): Promise<LogPage | null> {
  try {
    if (licenseId !== undefined && !log.isRecent(place))
      return await log.readLicenseAfter(licenseId, place, pageEvents);
    return await log.pageAfter(place, pageEvents);
  } catch (error) {
    if (error instanceof EventStoreUnavailable) return null;
    throw error;
  }
}

/** The frames of the wanted events, up to one that can not be told. */
function framesOf({ events }: LogPage, filter: EventFilter): { frames: Buffer[]; failure: Error | null } {
  const frames: Buffer[] = [];
  try {
    for (const recorded of events) {
      const { event, frame } = toldOf(recorded);
      if (isWanted(event, filter)) frames.push(frame);
    }
    return { frames, failure: null };
  } catch (failure) {
    return { frames, failure: failure as Error };
  }
}

/** Without data it is no event to a consumer, but its id counts. */
function heartbeat(place: Place): string {
  return place === 'start' ? ': \n\n' : `: \nid: ${encodePosition(place)}\n\n`;
}
