import type { RecordedEvent } from '#event-store';
import type { Place } from '#feed';

/** An event in hand. */
export interface Entry {
  readonly event: RecordedEvent;
  readonly licenseId: string;
  /** The place of the event before it: reading behind that meets this one. */
  readonly before: Place;
  isDone: boolean;
}

/** The events in hand, in the order of the log, and how far nothing before is left to do. */
export class Window {
  readonly #entries: Entry[] = [];
  /** Everything up to here was looked at. */
  readTo: Place;
  #passed: Place;

  constructor(from: Place) {
    this.readTo = from;
    this.#passed = from;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** Where to go on after a crash: nothing before it is left to do, or is waited for by a line. */
  cursor(): Place {
    let count = 0;
    for (const entry of this.#entries) {
      if (!entry.isDone) break;
      this.#passed = entry.event.position;
      count++;
    }
    this.#entries.splice(0, count);
    if (this.#entries.length === 0) this.#passed = this.readTo;
    return this.#passed;
  }
}
