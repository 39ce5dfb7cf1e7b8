import type { EventMetadata } from './metadata.js';
import type { Position } from './position.js';

/** An event of a command, written. */
export interface CommittedEvent<Event> {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly event: Event;
  readonly metadata: EventMetadata;
}

/** What became of a command. Revisions are -1 for a stream that does not exist. */
export type Outcome<State, Event, Refusal> =
  | Accepted<State, Event>
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly state: State; readonly revision: bigint }
  | { readonly kind: 'revision-mismatch'; readonly revision: bigint }
  | { readonly kind: 'key-reused' };

export interface Accepted<State, Event> {
  readonly kind: 'accepted';
  /** The state that the command's own events were applied to: what time had made due is in it. */
  readonly before: State;
  /** The command's own events; none when there was nothing to change. */
  readonly events: readonly CommittedEvent<Event>[];
  readonly state: State;
  readonly revision: bigint;
  /** Where in the log the stream's last event up to `revision` stands; null for a stream that does not exist. */
  readonly position: Position | null;
  /** True when the command had been recorded before and nothing was written now. */
  readonly repeated: boolean;
}
