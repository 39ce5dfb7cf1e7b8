import { decodeRecord } from '../record/recorded-event.js';
import { StorageUnavailableError, type EventLog } from '../storage/event-log.js';
import { systemEvent } from '../storage/system-event.js';
import type { ConsumerCall, DropReason } from './consumer.js';
import { ALL_SOURCE, type GroupDefinition, type GroupKey, type GroupSettings } from './group-definition.js';
import { groupDoesNotExist, SubscriptionError } from './subscription-error.js';
import { SubscriptionGroup, type GroupLook } from './subscription-group.js';

/** Its newest event holds the definitions of all groups. */
const DEFINITIONS_STREAM = '$persistentSubscriptionConfig';
const GROUPS_MAX = 10_000;

/** All groups of the node. What changes them is done one after the other and is on the disk when it is answered. */
export class PersistentSubscriptions {
  private groups = new Map<string, SubscriptionGroup>();
  private lastChange: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly now: () => number,
  ) {
    this.load();
  }

  /** @throws {SubscriptionError} when the group exists. */
  create(key: GroupKey, settings: GroupSettings): Promise<void> {
    return this.change(async () => {
      if (this.groups.has(nameOf(key))) {
        const message = `Subscription group ${key.group} on stream ${key.source} exists.`;
        throw new SubscriptionError('exists', key, message);
      }
      if (this.groups.size >= GROUPS_MAX) {
        throw new SubscriptionError('invalid', key, `There are ${GROUPS_MAX} groups already. Delete some.`);
      }
      await this.define({ ...key, settings, startAt: this.startAt(key, settings) });
    });
  }

  /** Ends the calls of the group's consumers; it goes on from its checkpoint. @throws {SubscriptionError} */
  update(key: GroupKey, settings: GroupSettings): Promise<void> {
    return this.change(async () => {
      await this.find(key).stop('group-changed');
      // The filter is given once, when the group is created.
      const { filter } = this.find(key).definition.settings;
      const kept = { ...settings, ...(filter && { filter }) };
      await this.define({ ...key, settings: kept, startAt: this.startAt(key, settings) });
    });
  }

  /** @throws {SubscriptionError} */
  delete(key: GroupKey): Promise<void> {
    return this.change(async () => {
      const group = this.find(key);
      this.groups.delete(nameOf(key));
      await this.save([...this.groups.values()].map(({ definition }) => definition));
      await group.stop('group-deleted');
    });
  }

  /** Begins anew with what is on the disk; consumers have to come again. */
  restart(): Promise<void> {
    return this.change(async () => {
      await this.stopAll('group-changed');
      this.load();
    });
  }

  /** @throws {SubscriptionError} */
  connect(key: GroupKey, call: ConsumerCall): SubscriptionGroup {
    const group = this.find(key);
    if (group.isFull) {
      throw new SubscriptionError('full', key, `Subscription group ${key.group} has as many consumers as it may.`);
    }
    group.connect(call);
    return group;
  }

  /** @throws {SubscriptionError} */
  look(key: GroupKey): GroupLook {
    return this.find(key).look();
  }

  /** Of all groups, or of those on one source. */
  list(source?: string): GroupLook[] {
    const groups = [...this.groups.values()];
    return groups
      .filter(({ definition }) => source === undefined || definition.source === source)
      .map((group) => group.look());
  }

  /** @throws {SubscriptionError} */
  replayParked(key: GroupKey, stopAt: number | undefined): void {
    this.find(key).replayParked(stopAt);
  }

  stop(): Promise<void> {
    this.stopping = true;
    return this.change(() => this.stopAll('stopping'));
  }

  private find(key: GroupKey): SubscriptionGroup {
    if (this.stopping) throw new StorageUnavailableError('The event store is stopping.');
    const group = this.groups.get(nameOf(key));
    if (!group) throw groupDoesNotExist(key);
    return group;
  }

  private async define(definition: GroupDefinition): Promise<void> {
    const others = [...this.groups.values()].map((group) => group.definition);
    await this.save([...others.filter((other) => nameOf(other) !== nameOf(definition)), definition]);
    this.groups.set(nameOf(definition), new SubscriptionGroup(definition, this.log, this.now));
  }

  private async save(definitions: readonly GroupDefinition[]): Promise<void> {
    const event = systemEvent('$PersistentConfig', Buffer.from(JSON.stringify({ groups: definitions })));
    await this.log.append({ stream: DEFINITIONS_STREAM, expected: 'any', events: [event] });
  }

  private load(): void {
    const [newest] = this.log.readStream(DEFINITIONS_STREAM, Number.MAX_SAFE_INTEGER, 'backwards', 1);
    if (!newest) return;
    const text = Buffer.from(decodeRecord(newest.record).data).toString();
    const { groups } = JSON.parse(text) as { groups: GroupDefinition[] };
    this.groups = new Map(
      groups.map((definition) => [nameOf(definition), new SubscriptionGroup(definition, this.log, this.now)]),
    );
  }

  private async stopAll(reason: DropReason): Promise<void> {
    await Promise.all([...this.groups.values()].map((group) => group.stop(reason)));
    this.groups.clear();
  }

  private startAt({ source }: GroupKey, { startFrom }: GroupSettings): number {
    if (startFrom === 'start') return 0;
    if (startFrom !== 'end') return startFrom;
    return (source === ALL_SOURCE ? this.log.lastPosition : (this.log.describe(source)?.lastRevision ?? -1)) + 1;
  }

  private change<T>(action: () => Promise<T>): Promise<T> {
    const changed = this.lastChange.then(action, action);
    this.lastChange = changed.catch(() => undefined);
    return changed;
  }
}

const nameOf = ({ source, group }: GroupKey): string => JSON.stringify([source, group]);
