import { eventId, type RecordedEvent } from '#event-store';
import { decodeEvent, licenseStreamPrefix } from '#license';
import { LicenseBooks } from '../books/license-books.js';
import type { Closings } from '../books/closings.js';
import type { PlanHistory } from '../books/prices.js';
import { differences } from './differences.js';
import { placeOf, type Report } from './finding.js';
import { groupsOf, replay, type FiledEvent, type Group } from './replay.js';

/** What all licenses have in common. */
export interface CommonBooks {
  readonly plans: PlanHistory;
  readonly closings: Closings;
}

/** One license's events up to a checkpoint, those that are parked left out. */
export interface LicenseHistory {
  readonly licenseId: string;
  readonly events: readonly RecordedEvent[];
}

/**
 * Keeps a license's books from its events and reports every figure that does not recompute; then decides each of its
 * commands anew, and reports where the outcome would have been another.
 *
 * @param rest what stands behind an event in its stream: a checkpoint may part the events of one command
 */
export async function checkLicense(
  { licenseId, events }: LicenseHistory,
  { plans, closings }: CommonBooks,
  report: Report,
  rest: (last: RecordedEvent) => AsyncIterable<RecordedEvent>,
): Promise<LicenseBooks> {
  const books = new LicenseBooks(plans, closings);
  const faulty = new Set<string>();
  const filed: FiledEvent[] = [];
  const check = new EventCheck(licenseId, report, faulty);
  for (const recorded of events) {
    try {
      if (!recorded.stream.startsWith(licenseStreamPrefix)) {
        books.takeOutcome(recorded, check.of(recorded, books));
        continue;
      }
      const event = decodeEvent({ type: recorded.type, version: recorded.metadata.schemaVersion, data: recorded.data });
      check.of(recorded, books)('revision', books.revision + 1, Number(recorded.revision));
      books.take(event, recorded, check.of(recorded, books));
      filed.push({ event, recorded });
    } catch (error) {
      // Nothing can be computed from here on, and saying so once is enough.
      check.of(recorded, books)('it can be taken', true, error instanceof Error ? error.message : String(error));
      return books;
    }
  }
  checkIds(events, check, books);
  await decideAnew(filed, plans, books, { report, faulty, rest });
  return books;
}

/** Reports the figures of one event after another, by the event's type. */
class EventCheck {
  constructor(
    private readonly licenseId: string,
    private readonly report: Report,
    private readonly faulty: Set<string>,
  ) {}

  of(recorded: RecordedEvent, books: LicenseBooks) {
    return (figure: string, expected: unknown, found: unknown): void => {
      const license = books.account?.state.domain ?? this.licenseId;
      for (const { path, ...rest } of differences(expected, found)) {
        this.faulty.add(recorded.id);
        const name = path === '' ? figure : path.startsWith('[') ? figure + path : `${figure}.${path}`;
        this.report({
          subject: 'event',
          license,
          figure: `${recorded.type}.${name}`,
          ...rest,
          event: placeOf(recorded),
        });
      }
    };
  }
}

/** The id of an event is made of its command, its place in it and its content: whoever changes one has to change the other. */
function checkIds(events: readonly RecordedEvent[], check: EventCheck, books: LicenseBooks): void {
  const counts = new Map<string, number>();
  for (const recorded of events) {
    const { stream, type, data, metadata } = recorded;
    const command = `${stream} ${metadata.commandId}`;
    const index = counts.get(command) ?? 0;
    counts.set(command, index + 1);
    const id = eventId(metadata.commandId, index, type, JSON.stringify(data));
    check.of(recorded, books)('id, as its content gives it', id, recorded.id);
  }
}

interface Anew {
  readonly report: Report;
  /** Events of which something was reported already. */
  readonly faulty: ReadonlySet<string>;
  readonly rest: (last: RecordedEvent) => AsyncIterable<RecordedEvent>;
}

async function decideAnew(filed: readonly FiledEvent[], plans: PlanHistory, books: LicenseBooks, anew: Anew) {
  const last = filed.at(-1);
  for (const group of groupsOf(filed)) {
    let deviations = replay(group, plans);
    if (deviations.length > 0 && group.filed.at(-1) === last) {
      deviations = replay(await wholeGroup(group, anew.rest), plans);
    }
    const license = books.account?.state.domain ?? null;
    for (const { kind, ...deviation } of deviations) {
      const isTold = kind === 'of an event' && anew.faulty.has(deviation.event.id);
      if (!isTold) anew.report({ subject: 'event', license, ...deviation });
    }
  }
}

/** The group with what stands behind the checkpoint of it. */
async function wholeGroup(group: Group, rest: Anew['rest']): Promise<Group> {
  const last = group.filed.at(-1) ?? group.filed[0];
  const filed: [FiledEvent, ...FiledEvent[]] = [...group.filed];
  for await (const recorded of rest(last.recorded)) {
    if (recorded.metadata.commandId !== last.recorded.metadata.commandId) break;
    const { type, data, metadata } = recorded;
    filed.push({ event: decodeEvent({ type, version: metadata.schemaVersion, data }), recorded });
  }
  return { ...group, filed };
}
