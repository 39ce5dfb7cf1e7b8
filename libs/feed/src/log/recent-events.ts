import type { RecordedEvent } from '#event-store';
import { comparePlaces, type Place } from './place.js';

/** The newest events of a log, as many as are kept: all that stand between its floor and its end. */
export class RecentEvents {
  #events: RecordedEvent[] = [];
  #floor: Place;
  #end: Place;

  /** @param from the end of the log when nothing is kept yet */
  constructor(
    from: Place,
    private readonly keptMax: number,
  ) {
    this.#floor = from;
    this.#end = from;
  }

  /** Everything up to here was here. */
  get end(): Place {
    return this.#end;
  }

  add(events: readonly RecordedEvent[], end: Place): void {
    this.#events.push(...events);
    this.#end = end;
    // A quarter at a time, so that not every batch moves what is kept.
    if (this.#events.length < this.keptMax * 1.25) return;
    const dropped = this.#events.splice(0, this.#events.length - this.keptMax);
    this.#floor = dropped.at(-1)?.position ?? this.#floor;
  }

  /** The first of the events after a place; null when some of them are not kept any more. */
  after(place: Place, maxCount: number): readonly RecordedEvent[] | null {
    if (comparePlaces(place, this.#floor) < 0) return null;
    const from = this.#indexAfter(place);
    return this.#events.slice(from, from + maxCount);
  }

  #indexAfter(place: Place): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event && comparePlaces(event.position, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
