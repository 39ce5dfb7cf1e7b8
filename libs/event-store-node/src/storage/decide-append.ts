import type { ExpectedRevision, ProposedEvent } from './event-log.js';
import { isSoftDeleted } from './retention.js';
import type { StreamState } from './stream-state.js';

/** What the decision may look up in the stream. */
export interface StreamHistory {
  readonly state: StreamState | undefined;
  /** Newest revision at which the event was written to this stream. */
  revisionOf(eventId: string): number | undefined;
  eventIdAt(revision: number): string | undefined;
}

export type AppendDecision =
  | { readonly kind: 'write' }
  /** The events are there already. */
  | { readonly kind: 'repeat'; readonly lastRevision: number }
  | { readonly kind: 'wrong-expected-revision' }
  | { readonly kind: 'stream-deleted' };

const WRITE: AppendDecision = { kind: 'write' };
const WRONG: AppendDecision = { kind: 'wrong-expected-revision' };

/**
 * Decides whether events may be written, are a repetition of what was written before, or do not fit. A repetition that
 * differs from the original in a later event fits neither way.
 */
export function decideAppend(
  expected: ExpectedRevision,
  events: readonly Pick<ProposedEvent, 'id'>[],
  history: StreamHistory,
): AppendDecision {
  const current = history.state?.lastRevision ?? -1;
  if (history.state?.tombstoned) return { kind: 'stream-deleted' };
  switch (expected) {
    case 'stream_exists':
      return exists(history.state) ? decideByIds(events, history) : WRONG;
    case 'any':
      return decideByIds(events, history);
    case 'no_stream':
      return decideByRevision(-1, current, events, history);
    default:
      return decideByRevision(expected, current, events, history);
  }
}

export const exists = (state: StreamState | undefined): boolean =>
  state !== undefined && state.lastRevision >= 0 && !isSoftDeleted(state.retention);

/** A stream of which only the metadata was written counts as one that may be deleted, and as no stream. */
export function mayDelete(expected: ExpectedRevision, state: StreamState | undefined): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'stream_exists':
      return exists(state);
    case 'no_stream':
      return (state?.lastRevision ?? -1) === -1;
    default:
      return state?.lastRevision === expected;
  }
}

function decideByIds(events: readonly Pick<ProposedEvent, 'id'>[], history: StreamHistory): AppendDecision {
  let lastRevision: number | undefined;
  for (const [index, { id }] of events.entries()) {
    const revision = history.revisionOf(id);
    if (revision === undefined) return index === 0 ? WRITE : WRONG;
    lastRevision = revision;
  }
  return lastRevision === undefined ? WRITE : { kind: 'repeat', lastRevision };
}

function decideByRevision(
  expected: number,
  current: number,
  events: readonly Pick<ProposedEvent, 'id'>[],
  history: StreamHistory,
): AppendDecision {
  if (expected === current) return WRITE;
  if (expected > current) return WRONG;
  for (const [index, { id }] of events.entries()) {
    if (history.eventIdAt(expected + 1 + index) === id) continue;
    const startsAnew = index === 0 && expected === -1 && history.state && isSoftDeleted(history.state.retention);
    return startsAnew ? WRITE : WRONG;
  }
  return events.length > 0 ? { kind: 'repeat', lastRevision: expected + events.length } : WRONG;
}
