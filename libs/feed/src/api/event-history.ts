import { Injectable } from '@nestjs/common';
import { withStoreProblems } from '#commands';
import type { EventPage, PublicEvent } from '#contracts';
import { encodePosition } from '#http';
import { LicenseLog } from '../log/license-log.js';
import type { Place } from '../log/place.js';
import { isWanted, type EventFilter } from '../stream/filter.js';
import { toldOf } from '../stream/told.js';

/** Looked at in one read where only some are wanted. */
const pageEvents = 500;
/** Among the events of licenses stand others, so that the last few of a page may take some looking. */
const readMin = 50;
/** Events that a request looks at; a filter may let none of them through, and the page then has fewer than asked for. */
const lookedAtMax = 10_000;

/** History is read from the store each time: what a caller has just done is in it. */
@Injectable()
export class EventHistory {
  constructor(private readonly log: LicenseLog) {}

  /** @throws ProblemException `event-store-unavailable`; Error for an event that can not be told, when it is the first */
  async page(after: Place, filter: EventFilter, limit: number): Promise<EventPage> {
    const items: PublicEvent[] = [];
    let place = after;
    for (let lookedAt = 0; lookedAt < lookedAtMax && items.length < limit;) {
      const count = filter.types === undefined ? Math.max(limit - items.length, readMin) : pageEvents;
      lookedAt += count;
      const { events, upTo, isLast } = await withStoreProblems(this.#read(place, filter, count));
      for (const recorded of events) {
        const event = tellUnless(recorded, items.length > 0);
        if (event === null || items.length === limit) return pageTo(place, items, true);
        if (isWanted(event, filter)) items.push(event);
        place = recorded.position;
      }
      place = upTo;
      if (isLast) return pageTo(place, items, false);
    }
    return pageTo(place, items, true);
  }

  #read(place: Place, { licenseId }: EventFilter, count: number) {
    if (licenseId !== undefined) return this.log.readLicenseAfter(licenseId, place, count);
    return this.log.readAfter(place, count);
  }
}

/** Null for an event that can not be told, when there are others to tell first. */
function tellUnless(recorded: Parameters<typeof toldOf>[0], hasOthers: boolean): PublicEvent | null {
  try {
    return toldOf(recorded).event;
  } catch (error) {
    if (hasOthers) return null;
    throw error;
  }
}

function pageTo(place: Place, items: readonly PublicEvent[], hasMore: boolean): EventPage {
  const position = place === 'start' ? place : encodePosition(place);
  return { items, nextCursor: hasMore ? position : null, position };
}
