import { formatEventId, parseEventId } from '../record/event-id.js';
import type { ExpectedRevision, ProposedEvent } from '../storage/event-log.js';
import type { ExpectedRevisionMessage, ProposedMessage, StreamIdentifier, UuidMessage } from './messages.js';
import { invalidArgument } from './rpc-error.js';

/** Larger numbers than the node ever gives out mean the same as the largest that it could. */
export const toWhole = (text: string | undefined): number => Math.min(Number(text ?? 0), Number.MAX_SAFE_INTEGER);

export function toStreamName(identifier: StreamIdentifier | null | undefined): string {
  const name = identifier?.stream_name.toString() ?? '';
  if (name === '') throw invalidArgument('The request names no stream.');
  return name;
}

/** Lower-case text with dashes. */
export function toUuidText(uuid: UuidMessage | null): string {
  if (uuid?.structured) {
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64BE(BigInt(uuid.structured.most_significant_bits), 0);
    bytes.writeBigInt64BE(BigInt(uuid.structured.least_significant_bits), 8);
    return formatEventId(bytes);
  }
  const bytes = parseEventId(uuid?.string ?? '');
  if (!bytes) throw invalidArgument(`"${uuid?.string ?? ''}" is not a UUID.`);
  return formatEventId(bytes);
}

export function toExpectedRevision(message: ExpectedRevisionMessage): ExpectedRevision {
  switch (message.expected_stream_revision) {
    case 'revision':
      return toWhole(message.revision);
    case 'no_stream':
    case 'any':
    case 'stream_exists':
      return message.expected_stream_revision;
    default:
      throw invalidArgument('The request gives no expected revision.');
  }
}

export function toProposedEvent(message: ProposedMessage): ProposedEvent {
  const { type, 'content-type': contentType } = message.metadata;
  if (type === undefined || contentType === undefined) {
    throw invalidArgument('Each event needs "type" and "content-type" in its metadata.');
  }
  return { id: toUuidText(message.id), type, contentType, metadata: message.custom_metadata, data: message.data };
}

/** What counts against the maximum of an append. */
export const sizeOf = ({ metadata, data }: ProposedEvent): number => metadata.length + data.length;

export const positionMessage = (position: number) => ({
  commit_position: String(position),
  prepare_position: String(position),
});
