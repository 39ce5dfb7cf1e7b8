import type { ExplainedEvent } from '#contracts';
import type { RecordedFact } from '../recorded-fact.js';

/** Where a figure comes from, who asked for it, and when. */
export function eventOf({ id, stream, revision, actor, recordedAt, event }: RecordedFact): ExplainedEvent {
  return { id, stream, revision, actor, effectiveAt: event.data.effectiveAt, recordedAt };
}
