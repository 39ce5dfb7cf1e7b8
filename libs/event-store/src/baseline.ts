import type { Aggregate } from './aggregate.js';
import { CommandLog } from './command-log.js';
import { EventStoreRejected } from './errors.js';
import type { CommittedEvent } from './outcome.js';
import type { Position } from './position.js';
import { decodeEvent, type RecordedEvent } from './recorded-event.js';

/** An aggregate as its stream had it at one revision. A place to read on from, never the last word. */
export interface Baseline<State> {
  readonly state: State;
  /** The revision of the last event folded in; -1 for a stream that does not exist. */
  readonly revision: bigint;
  /** The position of that event in the log. */
  readonly position: Position | null;
  readonly commands: CommandLog;
}

/** What folding asks of an event: of those just written, the store has not told when it recorded them. */
export type FoldableEvent = Omit<RecordedEvent, 'recordedAt' | 'position'> & { readonly position: Position | null };

export function emptyBaseline<State, Event>(aggregate: Aggregate<State, Event>): Baseline<State> {
  return { state: aggregate.initial, revision: -1n, position: null, commands: new CommandLog() };
}

/**
 * The baseline moved forward by one recorded event. The log of commands is moved on in place.
 * @throws EventStoreRejected when an event is missing in between: no state is computed over a gap.
 */
export function advance<State, Event>(
  aggregate: Aggregate<State, Event>,
  baseline: Baseline<State>,
  recorded: FoldableEvent,
  event = decodeEvent(aggregate.codec, recorded),
): Baseline<State> {
  if (recorded.revision !== baseline.revision + 1n) {
    throw new EventStoreRejected(
      `${recorded.stream} goes from revision ${baseline.revision} to ${recorded.revision}: ` +
        'a truncated or deleted stream has no state. Restore its events.',
    );
  }
  baseline.commands.add(recorded);
  const state = aggregate.evolve(baseline.state, event);
  return { state, revision: recorded.revision, position: recorded.position, commands: baseline.commands };
}

/** One command's part in a stretch of a stream: the state before its own events, those events, and what came of it. */
export interface CommandTrail<State, Event> {
  readonly before: State;
  readonly events: readonly CommittedEvent<Event>[];
  readonly after: Baseline<State>;
}

/** Folds a stretch of a stream and picks out one command's events. */
export async function followCommand<State, Event>(
  aggregate: Aggregate<State, Event>,
  start: Baseline<State>,
  stretch: Iterable<FoldableEvent> | AsyncIterable<FoldableEvent>,
  commandId: string,
): Promise<CommandTrail<State, Event>> {
  const events: CommittedEvent<Event>[] = [];
  let after = start;
  let before = start.state;
  for await (const recorded of stretch) {
    const event = decodeEvent(aggregate.codec, recorded);
    after = advance(aggregate, after, recorded, event);
    const { id, stream, revision, metadata } = recorded;
    if (metadata.commandId === commandId) events.push({ id, stream, revision, event, metadata });
    else before = after.state;
  }
  return { before, events, after };
}
