import type { RecordedEvent } from '#event-store';
import { encodePosition } from '#http';
import { decodeEvent, licenseStreamPrefix } from '#license';

/** What is sent of one event: the same bytes at every attempt. */
export interface Message {
  readonly id: string;
  readonly type: string;
  readonly licenseId: string | null;
  readonly sequence: number | null;
  readonly body: string;
}

export const licenseIdOfStream = (stream: string): string => stream.slice(licenseStreamPrefix.length);

/** The message of an event: a CloudEvent in JSON. @throws Error for an event that this program can not read */
export function messageOf(recorded: RecordedEvent): Message {
  const { id, stream, revision, position, recordedAt, metadata } = recorded;
  const { type, data } = decodeEvent({ type: recorded.type, version: metadata.schemaVersion, data: recorded.data });
  const licenseId = licenseIdOfStream(stream);
  const sequence = Number(revision) + 1;
  const publicType = typeOf(type);
  const event = {
    specversion: '1.0',
    id,
    source: `/licenses/${licenseId}`,
    type: publicType,
    subject: licenseId,
    time: data.effectiveAt,
    recordedtime: recordedAt.toISOString(),
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(10, '0'),
    position: encodePosition(position),
    data: { licenseId, ...data },
  };
  return { id, type: publicType, licenseId, sequence, body: JSON.stringify(event) };
}

/** `SeatsIncreased` is `io.seat-ledger.seats-increased.v1`. */
const typeOf = (type: string): string =>
  `io.seat-ledger.${type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.v1`;

/** A message that tells of nothing, to try the way with. */
export function testMessage(id: string, webhookId: string, time: string): Message {
  const type = 'io.seat-ledger.webhook-test.v1';
  const event = {
    specversion: '1.0',
    id,
    source: `/webhooks/${webhookId}`,
    type,
    subject: webhookId,
    time,
    datacontenttype: 'application/json',
    data: { webhookId },
  };
  return { id, type, licenseId: null, sequence: null, body: JSON.stringify(event) };
}
