import type { RecordedEvent } from '#event-store';
import { licenseStreamPrefix, publicEventOf } from '#license';

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
  const event = publicEventOf(recorded);
  const { id, type, subject, sequence } = event;
  return { id, type, licenseId: subject, sequence: Number(sequence), body: JSON.stringify(event) };
}

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
