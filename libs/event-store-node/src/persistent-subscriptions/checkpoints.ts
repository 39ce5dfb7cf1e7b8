import type { GroupSettings } from './group-definition.js';

type CheckpointSettings = Pick<GroupSettings, 'checkpointAfterMs' | 'minCheckpointCount' | 'maxCheckpointCount'>;

/**
 * Decides when a group's progress is written: as soon as the maximum of events was finished since the last time, or,
 * when a while has passed, if the minimum was. One write is under way at a time.
 */
export class Checkpoints {
  private finishedSince = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly settings: CheckpointSettings,
    private readonly progress: () => number,
    private readonly write: (place: number) => Promise<void>,
    /** The place of the last checkpoint; undefined before the first. */
    public written: number | undefined,
  ) {}

  countFinished(): void {
    this.finishedSince += 1;
    this.plan();
  }

  /** Stops when what is being written is on the disk. */
  async abandon(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.writing;
  }

  /** Writes what is left and stops. */
  async close(): Promise<void> {
    await this.abandon();
    if (this.finishedSince > 0) await this.writeNow();
  }

  private plan(): void {
    if (this.closed || this.writing || this.finishedSince === 0) return;
    if (this.finishedSince >= this.settings.maxCheckpointCount) void this.writeNow();
    else this.timer ??= setTimeout(() => this.onTime(), this.settings.checkpointAfterMs);
  }

  private onTime(): void {
    this.timer = undefined;
    if (this.finishedSince >= this.settings.minCheckpointCount) void this.writeNow();
  }

  private writeNow(): Promise<void> {
    return (this.writing ??= this.writeOnce().finally(() => {
      this.writing = undefined;
      this.plan();
    }));
  }

  private async writeOnce(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.finishedSince = 0;
    const place = this.progress();
    if (place < 0 || place === this.written) return;
    try {
      await this.write(place);
      this.written = place;
    } catch {
      // The log tells of its failure itself; the group goes on from the checkpoint before.
    }
  }
}
