import type { PublicEvent } from '../events/cloud-event.js';

/** Where a consumer keeps how far it has come: a row of its database, a file. */
export interface Checkpoint {
  /** The position that was saved last; null when there is none yet. */
  load(): string | null | Promise<string | null>;
  save(position: string): unknown;
}

/** A place in the log that was reached, with the event there; without one, nothing that was asked for lies before it. */
export interface Reached {
  readonly event: PublicEvent | null;
  /** Opaque, and the same for every source: a consumer may go on from another one. */
  readonly position: string;
}

/** What becomes of the events. */
export interface Consumer {
  /** Called with one event after another, in the order of the log. */
  readonly handle: (event: PublicEvent) => unknown;
  readonly checkpoint: Checkpoint;
}

/**
 * Goes on where the checkpoint is. It is saved behind each event that was handled: after a crash that event alone comes
 * again. An event whose handling fails ends this, and is the first one the next time; to pass over it would be to lose
 * it.
 *
 * @param follow the source, from behind a position, or from where it begins by default
 * @throws what `handle`, the checkpoint or the source throws
 */
export async function consume(
  follow: (after: string | undefined) => AsyncIterable<Reached>,
  { handle, checkpoint }: Consumer,
): Promise<void> {
  let saved = (await checkpoint.load()) ?? undefined;
  for await (const { event, position } of follow(saved)) {
    if (event !== null) await handle(event);
    if (position !== saved) await checkpoint.save(position);
    saved = position;
  }
}
