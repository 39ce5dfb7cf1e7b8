import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { EncodedEvent, EventCodec } from './aggregate.js';
import { decodeMetadata, type EventMetadata } from './metadata.js';
import { recordedAtOf } from './origin.js';
import type { Position } from './position.js';

/** An event as it stands in the store. `data` is as written: pass it to a codec to get one of our events. */
export interface RecordedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
  /** When the store wrote it, by the store's clock; of a copied event, when the first store did. */
  readonly recordedAt: Date;
  readonly position: Position;
}

/** The event that a recorded one stands for, brought to the newest schema. */
export function decodeEvent<Event>(
  codec: EventCodec<Event>,
  recorded: Pick<RecordedEvent, 'type' | 'data' | 'metadata'>,
): Event {
  const encoded: EncodedEvent = {
    type: recorded.type,
    version: recorded.metadata.schemaVersion,
    data: recorded.data,
  };
  return codec.decode(encoded);
}

/** @throws Error when the server sent no position: servers older than 22.6 do not, and can't be resumed from. */
export function toRecordedEvent(resolved: ResolvedEvent | AllStreamResolvedEvent): RecordedEvent {
  const event = resolved.event;
  if (!event) throw new Error('The event store sent an entry without an event; are links being resolved?');
  if (!event.position) {
    throw new Error(`Event ${event.id} came without a position: use an EventStoreDB of version 22.6 or newer.`);
  }
  return {
    id: event.id,
    stream: event.streamId,
    revision: event.revision,
    type: event.type,
    data: event.data,
    metadata: decodeMetadata(event.metadata),
    recordedAt: recordedAtOf(event.metadata) ?? event.created,
    position: event.position,
  };
}
