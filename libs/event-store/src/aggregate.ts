/** Pure description of an aggregate: how its events fold into state. `evolve` must be total and must not mutate. */
export interface Aggregate<State, Event> {
  readonly initial: State;
  evolve(state: State, event: Event): State;
  readonly codec: EventCodec<Event>;
}

/** An event as the store keeps it: its type, the version of its schema, and data that survives JSON. */
export interface EncodedEvent {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
}

/** Between our events and recorded ones. `decode` upcasts older schema versions, so the fold knows only the newest. */
export interface EventCodec<Event> {
  encode(event: Event): EncodedEvent;
  decode(recorded: EncodedEvent): Event;
}

/**
 * What a decider answers. `rolled` are events that time alone had made due: they are recorded first, and also when
 * the command itself is refused.
 */
export type Decision<Event, Refusal> =
  | { readonly rolled: readonly Event[]; readonly accepted: readonly Event[] }
  | { readonly rolled: readonly Event[]; readonly refusal: Refusal };
