import type { PublicEvent } from '#contracts';
import type { RecordedEvent } from '#event-store';
import { publicEventOf } from '#license';

/** An event as it is told, and as server-sent events carry it. */
export interface Told {
  readonly event: PublicEvent;
  readonly frame: Buffer;
}

const known = new WeakMap<RecordedEvent, Told>();

/**
 * What is told of an event, made once for all who are told it: hundreds of readers at the end of the log share the
 * bytes. @throws Error for an event that this program can not read
 */
export function toldOf(recorded: RecordedEvent): Told {
  let told = known.get(recorded);
  if (told === undefined) {
    const event = publicEventOf(recorded);
    told = { event, frame: Buffer.from(`id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`) };
    known.set(recorded, told);
  }
  return told;
}
