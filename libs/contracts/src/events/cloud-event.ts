import type { Instant } from '../values.js';
import type { PublicEventData } from './data.js';

/** What the type of every public event begins with. */
export const EVENT_TYPE_PREFIX = 'io.seat-ledger.';

/** The type of a public event, with the version of its data: `io.seat-ledger.seats-increased.v1`. */
export type PublicEventType = keyof PublicEventData;

/**
 * A fact about one license, as other services are told it: a CloudEvent 1.0 in the JSON format. The pair of `source`
 * and `id` is the event's for ever, and an event reads the same however often and by whichever way it is received.
 */
export interface PublicEventOf<T extends PublicEventType> {
  readonly specversion: '1.0';
  readonly id: string;
  /** `/licenses/<licenseId>` */
  readonly source: string;
  readonly type: T;
  /** The license's id. */
  readonly subject: string;
  /** When it counts: for what fell due by itself its own moment, however late it was noticed. */
  readonly time: Instant;
  /** When it was written down. */
  readonly recordedtime: Instant;
  readonly datacontenttype: 'application/json';
  /** The name of the schema that the data keeps to. */
  readonly dataschema: string;
  /** The event's place in its license's order: 1, 2, … without a gap, padded with zeros so that it sorts as text. */
  readonly sequence: string;
  /** Where the event stands in the whole log: an opaque word to go on behind. */
  readonly position: string;
  /** What set this and perhaps other events in motion; absent when nobody noted it. */
  readonly correlationid?: string;
  /** The command or event that directly caused it; absent when nobody noted it. */
  readonly causationid?: string;
  readonly data: PublicEventData[T];
}

/** Any public event: narrow it by its `type`. */
export type PublicEvent = { [T in PublicEventType]: PublicEventOf<T> }[PublicEventType];

const sequenceDigits = 10;

/** @param ordinal 1 for a license's first event */
export function eventSequence(ordinal: number): string {
  return String(ordinal).padStart(sequenceDigits, '0');
}

/** The name of the schema of an event's data. A name and no address: no stranger's server is asked what it means. */
export function eventSchemaUri(type: PublicEventType): string {
  return `urn:seat-ledger:event:${eventName(type)}`;
}

/** The type without the prefix: `seats-increased.v1`. */
export function eventName(type: PublicEventType): string {
  return type.slice(EVENT_TYPE_PREFIX.length);
}
