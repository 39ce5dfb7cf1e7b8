import type { EventLog } from '../storage/event-log.js';
import { Checkpoints } from './checkpoints.js';
import { Consumer, type ConsumerCall, type ConsumerLook, type DropReason } from './consumer.js';
import { createStrategy, type ConsumerStrategy } from './consumer-strategy.js';
import { createDelivery, DeliveryQueue, type Delivery } from './delivery.js';
import type { GroupDefinition } from './group-definition.js';
import { GroupJournal } from './group-journal.js';
import { GroupSource } from './group-source.js';
import { Progress } from './progress.js';
import { Replay } from './replay.js';

export type NackAction = 'park' | 'retry' | 'skip' | 'stop';

interface Outstanding {
  readonly delivery: Delivery;
  readonly consumer: Consumer;
  readonly sentAtMs: number;
}

/** Events that may be on their way into the parked stream; nothing is read while there are more. */
const PARKING_MAX = 1_000;

/**
 * One group: reads its source, gives each event to one of its consumers, and tries again or parks what they could not
 * take. An event counts as finished when it was acknowledged, skipped or parked.
 */
export class SubscriptionGroup {
  private readonly journal: GroupJournal;
  private readonly progress: Progress;
  private readonly checkpoints: Checkpoints;
  private readonly replay: Replay;
  private readonly source: GroupSource;
  private readonly strategy: ConsumerStrategy;
  /** Read and not yet delivered, or to be delivered again. */
  private readonly queue = new DeliveryQueue();
  /** Delivered and not yet finished, by the id that the consumer will name; the oldest first. */
  private readonly outstanding = new Map<string, Outstanding>();
  private readonly consumers = new Map<ConsumerCall, Consumer>();
  private readonly stopListening: () => void;
  private consumerNumber = 0;
  private order = 0;
  private parking = 0;
  private total = 0;
  private measured = 0;
  private lastKnown: number | undefined;
  private pumpTurn: NodeJS.Immediate | undefined;
  private timeout: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly startedAtMs: number;

  constructor(
    readonly definition: GroupDefinition,
    log: EventLog,
    private readonly now: () => number,
  ) {
    const { settings, startAt } = definition;
    this.journal = new GroupJournal(log, definition);
    const checkpoint = this.journal.readCheckpoint();
    const from = checkpoint === undefined ? startAt : checkpoint + 1;
    this.progress = new Progress(from - 1);
    const write = (place: number) => this.journal.writeCheckpoint(place);
    this.checkpoints = new Checkpoints(settings, () => this.progress.done, write, checkpoint);
    this.replay = new Replay(this.journal);
    this.source = new GroupSource(log, definition, from);
    this.strategy = createStrategy(settings.strategy);
    this.stopListening = this.source.onGrowth(() => this.pumpSoon());
    this.startedAtMs = now();
  }

  get isFull(): boolean {
    const { maxSubscriberCount } = this.definition.settings;
    return maxSubscriberCount > 0 && this.consumers.size >= maxSubscriberCount;
  }

  connect(call: ConsumerCall): void {
    const { extraStatistics } = this.definition.settings;
    this.consumers.set(call, new Consumer((this.consumerNumber += 1), call, this.now(), extraStatistics));
    this.pumpSoon();
  }

  /** What the consumer had not finished is given to others. */
  disconnect(call: ConsumerCall): void {
    const consumer = this.consumers.get(call);
    if (!consumer) return;
    this.consumers.delete(call);
    for (const outstanding of [...this.outstanding.values()]) {
      if (outstanding.consumer === consumer) this.retry(this.take(outstanding), 'Its consumer went away.');
    }
    this.pumpSoon();
  }

  ack(call: ConsumerCall, ids: readonly string[]): void {
    for (const outstanding of this.outstandingOf(call, ids)) this.finish(this.take(outstanding));
    this.goOn();
  }

  nack(call: ConsumerCall, ids: readonly string[], action: NackAction, reason: string): void {
    for (const outstanding of this.outstandingOf(call, ids)) {
      const delivery = this.take(outstanding);
      if (action === 'skip') this.finish(delivery);
      else if (action === 'park') this.park(delivery, reason);
      else this.retry(delivery, reason);
    }
    if (action === 'stop') {
      this.disconnect(call);
      call.drop('asked');
    }
    this.goOn();
  }

  /** Delivers the parked events again, those before the given revision of their stream when there is one. */
  replayParked(stopAt: number | undefined): void {
    this.replay.begin(stopAt);
    this.pumpSoon();
  }

  look(): GroupLook {
    const nowMs = this.now();
    const sinceLastLook = this.total - this.measured;
    this.measured = this.total;
    return {
      definition: this.definition,
      consumers: [...this.consumers.values()].map((consumer) => consumer.look(nowMs)),
      total: this.total,
      sinceLastLook,
      perSecond: Math.round(this.total / Math.max((nowMs - this.startedAtMs) / 1000, 1)),
      lastCheckpoint: this.checkpoints.written,
      lastKnown: this.lastKnown,
      waiting: this.queue.length,
      outstanding: this.outstanding.size,
      parked: this.replay.parkedCount,
    };
  }

  /** Ends the calls of the consumers and remembers how far the group came. */
  async stop(reason: DropReason): Promise<void> {
    this.stopped = true;
    this.stopListening();
    clearImmediate(this.pumpTurn);
    clearTimeout(this.timeout);
    const consumers = [...this.consumers.keys()];
    this.consumers.clear();
    for (const call of consumers) call.drop(reason);
    if (reason !== 'group-deleted') return this.checkpoints.close();
    await this.checkpoints.abandon();
    await this.journal.erase();
  }

  private outstandingOf(call: ConsumerCall, ids: readonly string[]): Outstanding[] {
    const found = ids.map((id) => this.outstanding.get(id));
    return found.filter((one): one is Outstanding => one?.consumer.call === call);
  }

  private take({ delivery, consumer, sentAtMs }: Outstanding): Delivery {
    this.outstanding.delete(delivery.id);
    consumer.finished(this.now() - sentAtMs);
    return delivery;
  }

  private finish({ origin }: Delivery): void {
    if (origin.kind === 'parked') {
      this.replay.finish(origin.revision);
      return;
    }
    this.progress.finish(origin.place);
    this.checkpoints.countFinished();
  }

  private retry(delivery: Delivery, reason: string): void {
    const retryCount = delivery.retryCount + 1;
    if (retryCount > this.definition.settings.maxRetryCount) this.park(delivery, `Retried too often. ${reason}`);
    else this.queue.add({ ...delivery, retryCount });
  }

  private park(delivery: Delivery, reason: string): void {
    const record = delivery.resolved.link ?? delivery.resolved.event;
    if (!record) return this.finish(delivery);
    this.parking += 1;
    const parked = () => this.finish(delivery);
    const failed = () => this.queue.add(delivery);
    void this.journal
      .park(record, reason)
      .then(parked, failed)
      .finally(() => {
        this.parking -= 1;
        this.pumpSoon();
      });
  }

  /** Fills the room at once: an event that is refused next must not take the place of one that was due before. */
  private goOn(): void {
    this.deliver();
    this.pumpSoon();
  }

  private pumpSoon(): void {
    if (this.stopped) return;
    this.pumpTurn ??= setImmediate(() => {
      this.pumpTurn = undefined;
      this.pump();
    });
  }

  /** Delivers what waits, and reads on while somebody could take more; one page a turn. */
  private pump(): void {
    if (this.stopped || this.consumers.size === 0) return;
    this.deliver();
    if (!this.wantsMore()) return;
    const readMore = this.readParked() || this.readSource();
    if (!readMore) return;
    this.deliver();
    this.pumpSoon();
  }

  private wantsMore(): boolean {
    const { historyBufferSize } = this.definition.settings;
    if (this.queue.length >= historyBufferSize || this.parking >= PARKING_MAX) return false;
    return [...this.consumers.values()].some((consumer) => consumer.isFree);
  }

  private deliver(): void {
    const consumers = [...this.consumers.values()];
    this.queue.drain((delivery) => {
      // An id is not unique: a namesake has to wait until it is clear which of the two is acknowledged.
      const consumer = this.outstanding.has(delivery.id) ? undefined : this.strategy.choose(delivery, consumers);
      if (!consumer) return this.strategy.mayOvertake ? 'skip' : 'stop';
      this.outstanding.set(delivery.id, { delivery, consumer, sentAtMs: this.now() });
      this.total += 1;
      consumer.send(delivery);
      return 'taken';
    });
    this.watchTimeouts();
  }

  private readParked(): boolean {
    const parked = this.replay.next();
    if (!parked) return false;
    if (!parked.event) this.replay.finish(parked.revision);
    else {
      // Before everything that was read from the source, which counts upwards from zero.
      const order = parked.revision - Number.MAX_SAFE_INTEGER;
      this.queue.add(
        createDelivery(order, this.source.resolve(parked.event), { kind: 'parked', revision: parked.revision }),
      );
    }
    return true;
  }

  private readSource(): boolean {
    const page = this.source.next();
    for (const { place, kind, stored } of page) {
      this.lastKnown = place;
      if (kind === 'wanted') {
        this.progress.begin(place);
        this.queue.add(createDelivery((this.order += 1), this.source.resolve(stored), { kind: 'source', place }));
      } else {
        this.progress.pass(place);
        if (kind === 'filtered') this.checkpoints.countFinished();
      }
    }
    return page.length > 0;
  }

  private watchTimeouts(): void {
    const { messageTimeoutMs } = this.definition.settings;
    const [oldest] = this.outstanding.values();
    if (messageTimeoutMs === 0 || this.timeout || !oldest || this.stopped) return;
    const dueInMs = Math.max(oldest.sentAtMs + messageTimeoutMs - this.now(), 1);
    this.timeout = setTimeout(() => this.retryOverdue(), dueInMs);
  }

  private retryOverdue(): void {
    this.timeout = undefined;
    const dueBeforeMs = this.now() - this.definition.settings.messageTimeoutMs;
    for (const outstanding of this.outstanding.values()) {
      if (outstanding.sentAtMs > dueBeforeMs) break;
      this.retry(this.take(outstanding), 'Its consumer took too long.');
    }
    this.watchTimeouts();
    this.pumpSoon();
  }
}

/** What there is to know about a group; the counts since the last look start anew with each. */
export interface GroupLook {
  readonly definition: GroupDefinition;
  readonly consumers: readonly ConsumerLook[];
  readonly total: number;
  readonly sinceLastLook: number;
  readonly perSecond: number;
  readonly lastCheckpoint: number | undefined;
  readonly lastKnown: number | undefined;
  readonly waiting: number;
  readonly outstanding: number;
  readonly parked: number;
}
