import { accountingPeriodsStream, type PeriodEvent } from '#accounting';
import type { Position, RecordedEvent } from '#event-store';
import { licenseStreamPrefix, planStreamPrefix, type PlanEvent } from '#license';
import { Closings } from '../books/closings.js';
import { PlanHistory } from '../books/prices.js';
import type { LedgerLog } from './ledger-log.js';
import { isBefore, type Place } from './place.js';
import { Spool } from './spool.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The log up to a place, sorted by license, and the plans; it is read on as far as somebody needs it. */
export class SortedLog {
  readonly plans = new PlanHistory();
  #closings = new Closings();
  #end: Place = 'start';
  #events = 0;

  private constructor(
    private readonly log: LedgerLog,
    private readonly spool: Spool,
  ) {}

  static open(log: LedgerLog, temporaryFolder?: string): SortedLog {
    return new SortedLog(log, Spool.open(temporaryFolder));
  }

  get closings(): Closings {
    return this.#closings;
  }

  /** How many events were read. */
  get events(): number {
    return this.#events;
  }

  /** Reads what stands between the present end and a checkpoint. */
  async readUpTo(checkpoint: Place, onEvent: () => void): Promise<void> {
    if (checkpoint === 'start' || !isBefore(this.#end, checkpoint)) return;
    for await (const event of this.log.after(this.#end)) {
      if (isBefore(checkpoint, event.position)) break;
      this.#file(event);
      this.#events += 1;
      onEvent();
    }
    this.spool.flush();
    this.#end = checkpoint;
  }

  /** The licenses from an id on, in the order of their ids. */
  licenses(from: string): Iterable<string> {
    return this.spool.licenses(from);
  }

  /** The id before which some licenses have that many events together, one license at least; null at the end. */
  endOfRange(from: string, eventsMax: number): string | null {
    let events = 0;
    for (const licenseId of this.spool.licenses(from)) {
      if (events >= eventsMax) return licenseId;
      events += this.spool.count(licenseId);
    }
    return null;
  }

  /** What concerns a license, up to a checkpoint: its own events, and what became of its changes. */
  eventsOf(licenseId: string, checkpoint: Place): RecordedEvent[] {
    return this.spool.events(licenseId).filter(({ position }) => !isBefore(checkpoint, position));
  }

  /** What stands behind an event in its stream by now. */
  rest({ stream, revision }: RecordedEvent): AsyncIterable<RecordedEvent> {
    return this.log.stream(stream, revision + 1n);
  }

  lastPosition(): Promise<Position> {
    return this.log.lastPosition();
  }

  close(): Promise<void> {
    return this.spool.close();
  }

  #file(event: RecordedEvent): void {
    if (event.stream.startsWith(planStreamPrefix)) return this.#filePlan(event);
    if (event.stream === accountingPeriodsStream) return this.#fileClosing(event);
    const licenseId = event.stream.startsWith(licenseStreamPrefix)
      ? event.stream.slice(licenseStreamPrefix.length)
      : (event.data as { readonly licenseId?: unknown }).licenseId;
    // What is no license's is parked by the projector, and found there.
    if (typeof licenseId === 'string' && uuid.test(licenseId)) this.spool.add(licenseId, event);
  }

  #fileClosing({ id: eventId, revision, data, position, metadata }: RecordedEvent): void {
    const { month, effectiveAt: closedAt } = data as PeriodEvent['data'];
    const closedBy = metadata.actor.id;
    this.#closings = this.#closings.with({ month, revision: Number(revision), position, closedAt, closedBy, eventId });
  }

  #filePlan({ id: eventId, stream, revision, data, position, recordedAt }: RecordedEvent): void {
    const edition = data as PlanEvent['data'];
    const planId = stream.slice(planStreamPrefix.length);
    const place = { eventId, revision: Number(revision), position, recordedAtMs: recordedAt.getTime() };
    this.plans.add({ ...edition, planId, ...place });
  }
}
