import type { StreamEvent } from '../storage/event-log.js';
import type { GroupJournal } from './group-journal.js';
import { Progress } from './progress.js';

/**
 * The way of parked events back to the consumers. A parked event is forgotten when it was finished again, so that none
 * is lost by a stop in between.
 */
export class Replay {
  private readonly progress: Progress;
  private next_: number;
  private stop: number;
  private forgetting = false;

  constructor(private readonly journal: GroupJournal) {
    const { start } = journal.parkedRange();
    this.next_ = start;
    this.stop = start;
    this.progress = new Progress(start - 1);
  }

  /** Events that are parked and not being replayed. */
  get parkedCount(): number {
    const { start, end } = this.journal.parkedRange();
    return end - Math.max(start, this.next_);
  }

  /** @param stopAt is the revision of the first parked event that stays; all go without it. */
  begin(stopAt: number | undefined): void {
    const { end } = this.journal.parkedRange();
    this.stop = Math.max(this.stop, Math.min(stopAt ?? end, end));
  }

  /** The next event to be replayed; its event is undefined when that is gone. */
  next(): { readonly revision: number; readonly event: StreamEvent | undefined } | undefined {
    if (this.next_ >= this.stop) return undefined;
    const parked = this.journal.readParked(this.next_);
    if (!parked || parked.revision >= this.stop) {
      this.next_ = this.stop;
      return undefined;
    }
    this.next_ = parked.revision + 1;
    this.progress.begin(parked.revision);
    return parked;
  }

  finish(revision: number): void {
    this.progress.finish(revision);
    if (!this.forgetting) void this.forgetFinished();
  }

  private async forgetFinished(): Promise<void> {
    this.forgetting = true;
    try {
      let forgotten = -1;
      while (this.progress.done !== forgotten) {
        forgotten = this.progress.done;
        await this.journal.forgetParked(forgotten + 1);
      }
    } catch {
      // The log tells of its failure itself; the events stay parked.
    } finally {
      this.forgetting = false;
    }
  }
}
