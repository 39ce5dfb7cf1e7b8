import { readType } from '../record/record-subject.js';
import { decodeRecord } from '../record/recorded-event.js';
import type { EventLog, StoredEvent } from '../storage/event-log.js';

export const LINK_TYPE = '$>';

export interface ResolvedEvent {
  /** Undefined when the link points to nothing that can be seen any more. */
  readonly event: Buffer | undefined;
  readonly link: Buffer | undefined;
  /** Position of the link if there is one, else of the event. */
  readonly position: number;
}

export const unresolved = ({ record, position }: StoredEvent): ResolvedEvent => ({
  event: record,
  link: undefined,
  position,
});

/** Follows a link to the event that it names; every other event stands for itself. */
export function resolveLink(log: EventLog, stored: StoredEvent): ResolvedEvent {
  if (readType(stored.record) !== LINK_TYPE) return unresolved(stored);
  const target = parseLink(Buffer.from(decodeRecord(stored.record).data).toString());
  return { event: target && recordAt(log, target), link: stored.record, position: stored.position };
}

interface LinkTarget {
  readonly stream: string;
  readonly revision: number;
}

/** The body of a link: the revision, an `@`, and the stream. */
export function parseLink(text: string): LinkTarget | undefined {
  const at = text.indexOf('@');
  const revision = Number(text.slice(0, at));
  return at > 0 && Number.isSafeInteger(revision) && revision >= 0
    ? { stream: text.slice(at + 1), revision }
    : undefined;
}

function recordAt(log: EventLog, { stream, revision }: LinkTarget): Buffer | undefined {
  if (log.describe(stream)?.tombstoned) return undefined;
  const [found] = log.readStream(stream, revision, 'forwards', 1);
  return found?.revision === revision ? found.record : undefined;
}
