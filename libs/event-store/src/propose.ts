import type { EventCodec } from './aggregate.js';
import type { ProposedEvent } from './append-message.js';
import { eventId, rolledCommandId } from './event-id.js';
import { encodeMetadata, time, type EventMetadata } from './metadata.js';

/** A command as the store needs to know it. */
export interface CommandRequest {
  /** From the idempotency key: the same id is the same command, for ever. */
  readonly commandId: string;
  /** Hash of what was asked: the same id with another hash is a mistake of the caller. */
  readonly requestHash: string;
  /** When given, the command counts only if the stream is at this revision; -1 for not existing. */
  readonly expectedRevision?: bigint;
  readonly metadata: Pick<EventMetadata, 'actor' | 'client' | 'correlationId'> & { readonly causationId?: string };
}

/** A proposed event together with what reading it back will give. */
export interface Proposal extends ProposedEvent {
  readonly metadata: EventMetadata;
}

/** The events that time had made due before `revisionBefore + 1`, under a command id of their own. */
export function proposeRolled<Event>(
  codec: EventCodec<Event>,
  stream: string,
  revisionBefore: bigint,
  { commandId, metadata: { correlationId } }: CommandRequest,
  events: readonly Event[],
): Proposal[] {
  if (events.length === 0) return [];
  return propose(codec, events, {
    commandId: rolledCommandId(stream, revisionBefore),
    requestHash: '',
    actor: time,
    correlationId,
    causationId: commandId,
    rolled: true,
  });
}

/** The events that a command itself brought about. */
export function proposeAccepted<Event>(
  codec: EventCodec<Event>,
  { commandId, requestHash, metadata: { causationId = commandId, ...cause } }: CommandRequest,
  events: readonly Event[],
): Proposal[] {
  return propose(codec, events, { commandId, requestHash, ...cause, causationId, rolled: false });
}

function propose<Event>(
  codec: EventCodec<Event>,
  events: readonly Event[],
  common: Omit<EventMetadata, 'schemaVersion'>,
): Proposal[] {
  return events.map((event, index) => {
    const { type, version, data } = codec.encode(event);
    const json = JSON.stringify(data);
    const metadata = { ...common, schemaVersion: version };
    const id = eventId(common.commandId, index, type, json);
    return { id, type, json, metadata, metadataJson: encodeMetadata(metadata) };
  });
}
