import { encodePosition, eventSchemaUri, eventSequence, type Position, type PublicEvent } from '#contracts';
import { decodeEvent } from '../codec.js';
import { licenseStreamPrefix } from '../identity.js';
import { publicFactOf } from './public-data.js';

/** What a public event is made of: an event as whoever reads the store has it. */
export interface ReadEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  /** The ids are empty when nobody noted them. */
  readonly metadata: {
    readonly schemaVersion: number;
    readonly correlationId: string;
    readonly causationId: string;
  };
  readonly recordedAt: Date;
  readonly position: Position;
}

/**
 * The public event that an event of a license's stream is told as: exactly one for each, and the same whenever and by
 * whichever way it is told. Its sequence is its place in the stream, so that nothing has to count.
 *
 * @throws Error for an event of another stream, and for one that this program can not read: to leave it out would be to
 *   lose it
 */
export function publicEventOf(recorded: ReadEvent): PublicEvent {
  const { id, stream, revision, type, data, metadata, recordedAt, position } = recorded;
  if (!stream.startsWith(licenseStreamPrefix)) throw new Error(`${stream} is not a license's stream`);
  const licenseId = stream.slice(licenseStreamPrefix.length);
  const fact = publicFactOf(licenseId, decodeEvent({ type, version: metadata.schemaVersion, data }));
  return {
    specversion: '1.0',
    id,
    source: `/licenses/${licenseId}`,
    type: fact.type,
    subject: licenseId,
    time: fact.data.effectiveAt,
    recordedtime: recordedAt.toISOString(),
    datacontenttype: 'application/json',
    dataschema: eventSchemaUri(fact.type),
    sequence: eventSequence(Number(revision) + 1),
    position: encodePosition(position),
    ...(metadata.correlationId !== '' && { correlationid: metadata.correlationId }),
    ...(metadata.causationId !== '' && { causationid: metadata.causationId }),
    data: fact.data,
  } as PublicEvent;
}
