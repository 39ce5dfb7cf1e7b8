import type { RecordedEvent } from '#event-store';
import { decide, evolveAll, type Catalogue, type LicenseEvent, type LicenseHistory } from '#license';
import type { PlanHistory } from '../books/prices.js';
import { commandOf } from './command-of.js';
import { differences } from './differences.js';
import { placeOf, type EventPlace } from './finding.js';

/** An event of a license together with its record. */
export interface FiledEvent {
  readonly event: LicenseEvent;
  readonly recorded: RecordedEvent;
}

/** The events that one command brought about, or that time had made due before it; and the license before them. */
export interface Group {
  readonly before: LicenseHistory;
  readonly filed: readonly [FiledEvent, ...FiledEvent[]];
}

/** Where the events of a group are not those that the decider gives. */
export interface Deviation {
  /** `of an event`: the event is the right one, and a figure of it is not. */
  readonly kind: 'of an event' | 'of the group';
  readonly figure: string;
  readonly expected: unknown;
  readonly found: unknown;
  readonly event: EventPlace;
}

/** Parts a license's events by the commands that they belong to. */
export function* groupsOf(filed: readonly FiledEvent[]): Generator<Group, void, undefined> {
  let before: LicenseHistory = null;
  let group: FiledEvent[] = [];
  for (const each of filed) {
    const [first] = group;
    if (first && first.recorded.metadata.commandId !== each.recorded.metadata.commandId) {
      yield { before, filed: group as [FiledEvent, ...FiledEvent[]] };
      before = evolveAll(
        before,
        group.map(({ event }) => event),
      );
      group = [];
    }
    group.push(each);
  }
  if (group.length > 0) yield { before, filed: group as [FiledEvent, ...FiledEvent[]] };
}

/**
 * Decides a group's command anew, which is read off its events, on the license as it was; what comes out must be the
 * very events that were recorded. Of the catalogues that the decision may have seen, one must do.
 */
export function replay(group: Group, plans: PlanHistory): Deviation[] {
  const [first] = group.filed;
  const { position, recordedAt } = first.recorded;
  const catalogues = plans.seenFrom({ position, recordedAtMs: recordedAt.getTime() });
  let deviations: Deviation[] = [];
  for (const catalogue of catalogues.toReversed()) {
    deviations = attempt(group, catalogue);
    if (deviations.length === 0) break;
  }
  return deviations;
}

/** A plan that the catalogue has not heard of can not be decided on. */
function attempt(group: Group, catalogue: Catalogue): Deviation[] {
  try {
    return deviationsUnder(group, catalogue);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [ofGroup(group.filed[0], 'deciding it anew', 'possible', found)];
  }
}

function deviationsUnder({ before, filed }: Group, catalogue: Catalogue): Deviation[] {
  const [first] = filed;
  const events = filed.map(({ event }) => event);
  const { command, now } = commandOf(events, first.recorded.metadata.rolled);
  if (command === null) {
    const types = events.map(({ type }) => type).join(', ');
    return [ofGroup(first, 'the command', 'one that makes these events', types)];
  }
  const decision = decide(command, before, { now, catalogue });
  if (command.type === 'RollForward') return compare(decision.rolled, filed);
  if (decision.rolled.length > 0) {
    const due = decision.rolled.map(({ type, data }) => `${type} at ${data.effectiveAt}`).join(', ');
    return [ofGroup(first, 'what was due before', due, 'nothing')];
  }
  if ('refusal' in decision) {
    return [ofGroup(first, command.type, `refused: ${decision.refusal.detail}`, 'accepted')];
  }
  return compare(decision.accepted, filed);
}

function compare(decided: readonly LicenseEvent[], filed: Group['filed']): Deviation[] {
  const deviations: Deviation[] = [];
  for (const [index, each] of filed.entries()) {
    const { event, recorded } = each;
    const expected = decided[index];
    if (expected?.type !== event.type) {
      return [...deviations, ofGroup(each, 'the event', expected?.type ?? 'none', event.type)];
    }
    // Through JSON, as the recorded one went: an absent field and an undefined one are the same there.
    const data: unknown = JSON.parse(JSON.stringify(expected.data));
    for (const { path, ...rest } of differences(data, event.data)) {
      deviations.push({ kind: 'of an event', figure: `${event.type}.${path}`, ...rest, event: placeOf(recorded) });
    }
  }
  const missing = decided.slice(filed.length).map(({ type }) => type);
  if (missing.length === 0) return deviations;
  return [...deviations, ofGroup(filed.at(-1) ?? filed[0], 'what follows', missing.join(', '), 'nothing')];
}

function ofGroup({ recorded }: FiledEvent, figure: string, expected: string, found: string): Deviation {
  return { kind: 'of the group', figure, expected, found, event: placeOf(recorded) };
}
