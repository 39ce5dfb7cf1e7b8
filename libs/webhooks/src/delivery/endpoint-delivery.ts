import type { DeliveryAttempt } from '#contracts';
import { comparePositions, type EventStore, type RecordedEvent } from '#event-store';
import { Bell, comparePlaces, type LicenseLog, type Place } from '#feed';
import { licenseStream } from '#license';
import type { Clock } from '#platform';
import type { DisabledReason, Endpoint } from '../endpoint/endpoint.js';
import { backOffMs, type Random } from './back-off.js';
import type { DeliveryLimits } from './delivery-limits.js';
import type { DeliveryStore, Opened } from './delivery-store.js';
import type { Line } from './line.js';
import { licenseIdOfStream, messageOf, type Message } from './message.js';
import type { Sender, Sent } from './sender.js';
import { Window, type Entry } from './window.js';

export interface DeliveryParts {
  readonly store: EventStore;
  readonly log: LicenseLog;
  readonly deliveries: DeliveryStore;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: DeliveryLimits;
  /** A call is given up after it. */
  readonly callTimeoutMs: number;
}

/** What the delivery tells of its endpoint. Positions are places behind which nothing was left out. */
export interface DeliveryReports {
  disable(reason: DisabledReason, detail: string, after: Place): Promise<void>;
  checkpoint(after: Place, era: number): Promise<void>;
}

const pageMax = 256;
const linePageMax = 50;
const idleMs = 5_000;
const stopGraceMs = 1_000;

/**
 * Delivers to one endpoint while this worker holds it: several licenses at once, one event of each at a time. What
 * happens at other endpoints is of no consequence here, for each has a loop, a window and connections of its own.
 */
export class EndpointDelivery {
  readonly #bell = new Bell();
  readonly #window: Window;
  /** Events of licenses that do not wait, each license's in order. */
  readonly #lanes = new Map<string, Entry[]>();
  readonly #ready: string[] = [];
  readonly #lines: Map<string, Line>;
  readonly #busy = new Set<string>();
  readonly #changedLines = new Set<Line>();
  readonly #endedLines = new Set<string>();
  #attempts: DeliveryAttempt[] = [];
  #attemptsSincePruned = 0;
  #failures: number;
  #heldUntilMs = 0;
  #leaseUntilMs: number;
  #flushedAtMs = performance.now();
  #checkpointAtMs: number;
  #checkpointed: Place;
  #disabling: { reason: DisabledReason; detail: string } | null = null;
  #failure: Error | null = null;
  #isStopped = false;

  constructor(
    private readonly endpointId: string,
    /** As it is now: it may be given another address meanwhile. */
    private readonly endpoint: () => Endpoint,
    private readonly opened: Opened,
    private readonly parts: DeliveryParts,
    private readonly reports: DeliveryReports,
  ) {
    this.#window = new Window(opened.cursor);
    this.#lines = new Map(opened.lines.map((line) => [line.licenseId, line]));
    this.#failures = opened.failures;
    this.#leaseUntilMs = performance.now() + parts.limits.leaseMs;
    this.#checkpointAtMs = performance.now() + parts.limits.checkpointMs;
    this.#checkpointed = opened.cursor;
  }

  /** Until the signal aborts or the endpoint is disabled. @throws LeaseLost, or why it can not go on */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        if (this.#failure !== null) throw this.#failure;
        if (this.#disabling !== null) return await this.#disable(this.#disabling);
        await this.#flushIfDue();
        this.#start();
        const hasRead = await this.#read();
        if (!hasRead) await this.#rest(signal);
      }
      await this.#finish();
    } finally {
      this.#isStopped = true;
      await this.parts.deliveries.release(this.endpointId, this.opened.holder);
    }
  }

  /** Until there is something to do: an answer came, the log went on, or it is time to try again. */
  async #rest(signal: AbortSignal): Promise<void> {
    const isOver = new AbortController();
    const either = AbortSignal.any([signal, isOver.signal]);
    const restMs = this.#restMs();
    await Promise.race([this.#bell.wait(restMs, either), this.parts.log.whenChanged(restMs, either)]);
    isOver.abort();
  }

  /** So many failures in a row that the endpoint, and not a license's events, must be at fault. */
  get #isPaused(): boolean {
    return this.#failures >= this.parts.limits.pausedAfter;
  }

  /** Takes more events in hand; false when there is nothing to take, or no room. */
  async #read(): Promise<boolean> {
    const { limits, log } = this.parts;
    const room = limits.windowMax - this.#window.size;
    if (this.#isPaused || room <= 0) return false;
    const before = this.#window.readTo;
    const { events, upTo } = await log.pageAfter(before, Math.min(pageMax, room));
    for (const event of events) {
      this.#take(event);
      this.#window.readTo = event.position;
    }
    this.#window.readTo = upTo;
    this.#window.cursor();
    return events.length > 0;
  }

  #take(event: RecordedEvent): void {
    const licenseId = licenseIdOfStream(event.stream);
    const line = this.#lines.get(licenseId);
    if (line !== undefined) {
      // After a restart the log is read once more from before what the line has delivered already.
      line.skippedTo = event.revision;
      return;
    }
    const message = this.#messageOf(event);
    if (message === null) return;
    const entry: Entry = { event, licenseId, before: this.#window.readTo, isDone: false };
    this.#window.add(entry);
    const lane = this.#lanes.get(licenseId);
    if (lane) lane.push(entry);
    else {
      this.#lanes.set(licenseId, [entry]);
      this.#ready.push(licenseId);
    }
  }

  /** Null for an event that the endpoint does not ask for. One that can't be read waits for a program that can. */
  #messageOf(event: RecordedEvent): Message | Error | null {
    const { types } = this.endpoint();
    try {
      const message = messageOf(event);
      return types.length === 0 || types.includes(message.type) ? message : null;
    } catch (error) {
      return error as Error;
    }
  }

  /** Begins as many calls as may be made now. */
  #start(): void {
    const nowMs = this.parts.clock.nowMs();
    if (this.#isStopped || this.#disabling !== null || nowMs < this.#heldUntilMs) return;
    const { concurrency } = this.parts.limits;
    if (this.#isPaused) {
      const [oldest] = [...this.#lines.values()].sort((a, b) => firstFailure(a) - firstFailure(b));
      if (this.#busy.size === 0 && oldest && oldest.nextAttemptAtMs <= nowMs)
        this.#run(oldest.licenseId, () => this.#tryLine(oldest));
      return;
    }
    for (const line of this.#lines.values()) {
      // Half of the calls at most, so that licenses that fail leave room for those that do not.
      if (this.#busy.size >= Math.max(1, concurrency / 2)) break;
      if (line.nextAttemptAtMs <= nowMs && !this.#busy.has(line.licenseId))
        this.#run(line.licenseId, () => this.#tryLine(line));
    }
    while (this.#busy.size < concurrency) {
      const licenseId = this.#ready.shift();
      if (licenseId === undefined) return;
      // Its call before is just ending, and puts it back into the row.
      if (this.#busy.has(licenseId)) continue;
      this.#run(licenseId, () => this.#deliverNext(licenseId));
    }
  }

  #run(licenseId: string, work: () => Promise<void>): void {
    this.#busy.add(licenseId);
    void work()
      .catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        this.#busy.delete(licenseId);
        if (this.#lanes.has(licenseId) && !this.#ready.includes(licenseId)) this.#ready.push(licenseId);
        this.#bell.ring();
      });
  }

  async #deliverNext(licenseId: string): Promise<void> {
    const lane = this.#lanes.get(licenseId) ?? [];
    const [entry] = lane;
    if (entry === undefined) return;
    const sent = await this.#send(entry.event, 1);
    if (sent === 'not now') return;
    if (sent === null || sent.attempt.outcome === 'delivered') {
      entry.isDone = true;
      lane.shift();
      if (lane.length === 0) this.#lanes.delete(licenseId);
      return;
    }
    const line: Line = {
      licenseId,
      next: entry.event.revision,
      since: entry.before,
      attempts: 0,
      firstFailedAtMs: null,
      nextAttemptAtMs: 0,
      lastError: null,
      skippedTo: lane.at(-1)?.event.revision ?? -1n,
    };
    this.#lines.set(licenseId, line);
    this.#endedLines.delete(licenseId);
    for (const left of lane) left.isDone = true;
    this.#lanes.delete(licenseId);
    this.#failed(line, sent);
  }

  /** Goes on with a license that waits, from its own stream, until it has caught up with the reader of the log. */
  async #tryLine(line: Line): Promise<void> {
    for (;;) {
      // One that has failed may well fail again: no more is read until it was taken.
      const maxCount = line.attempts > 0 ? 1 : linePageMax;
      const events = await this.#eventsOf(line, maxCount);
      for (const event of events) {
        // From here on the reader of the log will meet the license's events itself.
        if (isBehind(this.#window.readTo, event)) return this.#end(line);
        const sent = await this.#send(event, line.attempts + 1);
        if (sent === 'not now') return;
        if (sent !== null && sent.attempt.outcome === 'failed') return this.#failed(line, sent);
        line.next = event.revision + 1n;
        line.since = event.position;
        Object.assign(line, { attempts: 0, firstFailedAtMs: null, lastError: null });
        this.#changedLines.add(line);
        if (this.#isPaused) return;
      }
      if (events.length < maxCount && line.skippedTo < line.next) return this.#end(line);
    }
  }

  /** Read to the end before anything is sent, so that no call to the event store waits for an endpoint. */
  async #eventsOf({ licenseId, next }: Line, maxCount: number): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const reading = this.parts.store.readStream(licenseStream(licenseId), { from: next, maxCount });
    for await (const event of reading) events.push(event);
    return events;
  }

  #end(line: Line): void {
    this.#lines.delete(line.licenseId);
    this.#changedLines.delete(line);
    this.#endedLines.add(line.licenseId);
  }

  /** Null when the endpoint does not ask for it; `not now` when the call could outlive the lease, or nothing is sent. */
  async #send(event: RecordedEvent, attempt: number): Promise<Sent | null | 'not now'> {
    const message = this.#messageOf(event);
    if (message === null) return null;
    if (message instanceof Error) return unreadable(event, message, attempt, this.parts.clock.now());
    if (this.#isStopped || this.#disabling !== null || !this.#isLeaseLongEnough()) return 'not now';
    const sent = await this.parts.sender.send(this.endpointId, this.endpoint(), message, attempt);
    this.#attempts.push(sent.attempt);
    if (sent.attempt.outcome === 'delivered') this.#failures = 0;
    return sent;
  }

  #isLeaseLongEnough(): boolean {
    return performance.now() + this.parts.callTimeoutMs < this.#leaseUntilMs;
  }

  #failed(line: Line, { attempt, isMade, isGone, askedMs }: Sent): void {
    const { clock, limits, random } = this.parts;
    const nowMs = clock.nowMs();
    line.attempts++;
    if (isMade) line.firstFailedAtMs ??= nowMs;
    line.lastError = attempt.reason;
    line.nextAttemptAtMs = nowMs + backOffMs(line.attempts, limits, random, askedMs);
    this.#changedLines.add(line);
    if (attempt.status === 429 || attempt.status === 503) {
      this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + Math.min(askedMs, limits.backOffMaxMs));
    }
    if (!isMade) return;
    this.#failures++;
    const detail = `${attempt.eventType} ${attempt.eventId}: ${attempt.reason ?? ''}`;
    if (isGone) this.#disabling = { reason: 'gone', detail };
    else if (nowMs - (line.firstFailedAtMs ?? nowMs) >= limits.givenUpAfterMs)
      this.#disabling = { reason: 'failing', detail };
  }

  async #flushIfDue(): Promise<void> {
    const sinceMs = performance.now() - this.#flushedAtMs;
    const hasNews = this.#attempts.length + this.#changedLines.size + this.#endedLines.size > 0;
    if (sinceMs >= idleMs || (hasNews && sinceMs >= this.parts.limits.flushMs)) await this.#flush();
    if (performance.now() < this.#checkpointAtMs) return;
    this.#checkpointAtMs = performance.now() + this.parts.limits.checkpointMs;
    const after = this.#safePlace();
    if (samePlace(after, this.#checkpointed)) return;
    this.#checkpointed = after;
    await this.reports.checkpoint(after, this.endpoint().era);
  }

  /** All in one: a line is written before the cursor goes past its events. */
  async #flush(): Promise<void> {
    const { deliveries, limits } = this.parts;
    const startedAtMs = performance.now();
    const attempts = this.#attempts;
    const changedLines = [...this.#changedLines].map((line) => ({ ...line }));
    const endedLines = [...this.#endedLines];
    this.#attempts = [];
    this.#changedLines.clear();
    this.#endedLines.clear();
    const progress = { cursor: this.#window.cursor(), failures: this.#failures, changedLines, endedLines, attempts };
    await deliveries.write(this.endpointId, this.opened.holder, progress, limits);
    this.#flushedAtMs = startedAtMs;
    this.#leaseUntilMs = startedAtMs + limits.leaseMs;
    this.#attemptsSincePruned += attempts.length;
    if (this.#attemptsSincePruned < 200) return;
    this.#attemptsSincePruned = 0;
    await deliveries.prune(this.endpointId, limits.attemptsKept);
  }

  /** Behind it nothing was left out: the cursor, or the first event that a license waits for. */
  #safePlace(): Place {
    return [...this.#lines.values()].reduce<Place>(
      (least, { since }) => earlierOf(least, since),
      this.#window.cursor(),
    );
  }

  async #disable({ reason, detail }: { reason: DisabledReason; detail: string }): Promise<void> {
    await this.#finish();
    await this.reports.disable(reason, detail, this.#safePlace());
  }

  /** Waits a moment for the calls that are under way, and writes down what came of them. */
  async #finish(): Promise<void> {
    this.#isStopped = true;
    const untilMs = performance.now() + stopGraceMs;
    const never = new AbortController().signal;
    while (this.#busy.size > 0 && performance.now() < untilMs) {
      await this.#bell.wait(untilMs - performance.now(), never);
    }
    await this.#flush();
  }

  /** How long there is nothing to do, as far as is known. By the clock that may stand still, looked at often enough. */
  #restMs(): number {
    const hasNews = this.#attempts.length + this.#changedLines.size + this.#endedLines.size > 0;
    const untilFlushMs = (hasNews ? this.parts.limits.flushMs : idleMs) - (performance.now() - this.#flushedAtMs);
    const nowMs = this.parts.clock.nowMs();
    const dueInMs = [...this.#lines.values()].reduce((least, line) => {
      return this.#busy.has(line.licenseId) ? least : Math.min(least, line.nextAttemptAtMs - nowMs);
    }, Infinity);
    const lookAgainMs = dueInMs === Infinity ? idleMs : Math.min(1_000, Math.max(dueInMs, 20));
    return Math.max(1, Math.min(untilFlushMs, lookAgainMs));
  }
}

const firstFailure = ({ firstFailedAtMs }: Line): number => firstFailedAtMs ?? Infinity;

function isBehind(place: Place, { position }: RecordedEvent): boolean {
  return place === 'start' || comparePositions(place, position) < 0;
}

function earlierOf(a: Place, b: Place): Place {
  return comparePlaces(a, b) <= 0 ? a : b;
}

const samePlace = (a: Place, b: Place): boolean =>
  a === b || (a !== 'start' && b !== 'start' && comparePositions(a, b) === 0);

/** Not sent at all: the event waits as one that failed does. */
function unreadable({ id, type, revision, stream }: RecordedEvent, error: Error, attempt: number, now: string): Sent {
  const made = { eventId: id, eventType: type, licenseId: licenseIdOfStream(stream), sequence: Number(revision) + 1 };
  const reason = `this program can not read the event: ${error.message}`.slice(0, 500);
  const call = {
    attempt,
    startedAt: now,
    durationMs: 0,
    outcome: 'failed',
    status: null,
    reason,
    response: null,
  } as const;
  return { attempt: { ...made, ...call }, isMade: false, isGone: false, askedMs: 0 };
}
