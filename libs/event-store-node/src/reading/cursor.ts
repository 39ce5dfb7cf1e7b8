import { ALL_STREAMS, type Direction, type EventLog, type StoredEvent } from '../storage/event-log.js';

/** A place in a stream or in the whole log that moves as it is read. It holds nothing between two pages. */
export interface Cursor {
  /** The events from here on, empty at the end. */
  next(limit?: number): readonly StoredEvent[];
  /** Calls back after each commit that may have added events here; returns the way to stop it. */
  onGrowth(listener: () => void): () => void;
}

/** @param from is the first position to be read. */
export function allCursor(log: EventLog, from: number, direction: Direction = 'forwards'): Cursor {
  let place = from;
  return {
    next(limit) {
      const page = log.readAll(place, direction, limit);
      const last = page.at(-1);
      if (last) place = direction === 'forwards' ? last.position + 1 : last.position - 1;
      return page;
    },
    onGrowth: (listener) => log.onCommit(ALL_STREAMS, listener),
  };
}

/** @param from is the first revision to be read. */
export function streamCursor(log: EventLog, stream: string, from: number, direction: Direction = 'forwards'): Cursor {
  let place = from;
  return {
    next(limit) {
      const page = log.readStream(stream, place, direction, limit);
      const last = page.at(-1);
      if (last) place = direction === 'forwards' ? last.revision + 1 : last.revision - 1;
      return page;
    },
    onGrowth: (listener) => log.onCommit(stream, listener),
  };
}
