import { decodeRecord, readHeader } from '../record/recorded-event.js';
import { LINK_TYPE, parseLink } from '../reading/link.js';
import type { AppendOutcome, EventLog, ProposedEvent, StreamEvent } from '../storage/event-log.js';
import { metastreamOf } from '../storage/stream-state.js';
import { systemEvent } from '../storage/system-event.js';
import { checkpointStream, parkedStream, type GroupKey } from './group-definition.js';

const CHECKPOINTS_KEPT = 2;

/** What a group remembers over a restart: how far it came, and which events it gave up. Kept in two streams. */
export class GroupJournal {
  private readonly checkpoints: string;
  private readonly parked: string;

  constructor(
    private readonly log: EventLog,
    private readonly key: GroupKey,
  ) {
    this.checkpoints = checkpointStream(key);
    this.parked = parkedStream(key);
  }

  /** The place up to which the group had finished; undefined before the first. */
  readCheckpoint(): number | undefined {
    const [newest] = this.log.readStream(this.checkpoints, Number.MAX_SAFE_INTEGER, 'backwards', 1);
    return newest && Number(Buffer.from(decodeRecord(newest.record).data).toString());
  }

  async writeCheckpoint(place: number): Promise<void> {
    if (!this.log.describe(this.checkpoints)) {
      await this.describe(this.checkpoints, { $maxCount: CHECKPOINTS_KEPT });
    }
    await this.write(this.checkpoints, systemEvent('$SubscriptionCheckpoint', Buffer.from(String(place))));
  }

  /** Keeps a link to the event, with the reason why nobody could take it. */
  async park(record: Buffer, reason: string): Promise<void> {
    const { stream, revision } = readHeader(record);
    const metadata = { reason, source: this.key.source, group: this.key.group };
    await this.write(this.parked, {
      ...systemEvent(LINK_TYPE, Buffer.from(`${revision}@${stream}`)),
      metadata: Buffer.from(JSON.stringify(metadata)),
    });
  }

  /** The next parked event from the revision on; its own event is undefined when that is gone. */
  readParked(from: number): { readonly revision: number; readonly event: StreamEvent | undefined } | undefined {
    const [link] = this.log.readStream(this.parked, from, 'forwards', 1);
    const target = link && parseLink(Buffer.from(decodeRecord(link.record).data).toString());
    if (!link || !target) return undefined;
    const [event] = this.log.readStream(target.stream, target.revision, 'forwards', 1);
    return { revision: link.revision, event: event?.revision === target.revision ? event : undefined };
  }

  /** Revisions of the parked events, the end exclusive. */
  parkedRange(): { readonly start: number; readonly end: number } {
    const description = this.log.describe(this.parked);
    const end = (description?.lastRevision ?? -1) + 1;
    return { start: Math.min(description?.firstVisibleRevision ?? 0, end), end };
  }

  /** Forgets the parked events before the revision. */
  async forgetParked(before: number): Promise<void> {
    await this.describe(this.parked, { $tb: before });
  }

  /** Forgets everything, so that a group of the same name begins anew. */
  async erase(): Promise<void> {
    for (const stream of [this.checkpoints, this.parked]) {
      if (this.log.describe(stream)) await this.log.softDelete({ stream, expected: 'any' });
    }
  }

  private async describe(stream: string, metadata: object): Promise<void> {
    await this.write(metastreamOf(stream), systemEvent('$metadata', Buffer.from(JSON.stringify(metadata))));
  }

  private write(stream: string, event: ProposedEvent): Promise<AppendOutcome> {
    return this.log.append({ stream, expected: 'any', events: [event] });
  }
}
