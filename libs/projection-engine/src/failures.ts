import type { RecordedEvent } from '#event-store';
import type { FoldFailure } from './projection.js';

/** One failure per stream, its earliest. */
export function mergeFailures(known: readonly FoldFailure[], more: readonly FoldFailure[]): FoldFailure[] {
  const earliest = new Map<string, FoldFailure>();
  for (const failure of [...known, ...more]) {
    const other = earliest.get(failure.event.stream);
    if (!other || failure.event.revision < other.event.revision) earliest.set(failure.event.stream, failure);
  }
  return [...earliest.values()];
}

/** Parts the events that can be taken from those that wait with their streams. */
export function divide(
  events: readonly RecordedEvent[],
  parkedStreams: ReadonlySet<string>,
  failures: readonly FoldFailure[],
): { taken: readonly RecordedEvent[]; parked: readonly RecordedEvent[] } {
  if (parkedStreams.size === 0 && failures.length === 0) return { taken: events, parked: [] };
  const parkedFrom = new Map(failures.map(({ event }) => [event.stream, event.revision]));
  const taken: RecordedEvent[] = [];
  const parked: RecordedEvent[] = [];
  for (const event of events) {
    const from = parkedFrom.get(event.stream);
    const isParked = parkedStreams.has(event.stream) || (from !== undefined && event.revision >= from);
    (isParked ? parked : taken).push(event);
  }
  return { taken, parked };
}
