import { StorageUnavailableError } from './event-log.js';

export interface QueueLimits {
  /** Requests and bytes that may wait; more are refused. */
  readonly waitingMax: number;
  readonly waitingBytesMax: number;
  /** Requests and bytes that go into one commit. */
  readonly batchMax: number;
  readonly batchBytesMax: number;
}

export const DEFAULT_QUEUE_LIMITS: QueueLimits = {
  waitingMax: 20_000,
  waitingBytesMax: 128 * 1024 * 1024,
  batchMax: 1_024,
  batchBytesMax: 16 * 1024 * 1024,
};

interface Waiting<Request, Outcome> {
  readonly request: Request;
  readonly sizeBytes: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Group commit: while one batch is on its way to the disk, requests gather for the next. After a commit that failed
 * nobody knows what the disk holds, so nothing is taken any more.
 */
export class CommitQueue<Request, Outcome> {
  private waiting: Waiting<Request, Outcome>[] = [];
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private refusal: StorageUnavailableError | undefined;

  constructor(
    private readonly commit: (batch: readonly Request[]) => Promise<readonly Outcome[]>,
    private readonly onFailure: (error: unknown) => void,
    private readonly limits = DEFAULT_QUEUE_LIMITS,
  ) {}

  add(request: Request, sizeBytes: number): Promise<Outcome> {
    if (this.refusal) return Promise.reject(this.refusal);
    if (this.isFull(sizeBytes)) {
      return Promise.reject(new StorageUnavailableError('Too many appends wait for the disk. Try again later.'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, sizeBytes, resolve, reject });
      this.waitingBytes += sizeBytes;
      this.running ??= this.run();
    });
  }

  /** Commits what waits and takes nothing new. */
  async close(): Promise<void> {
    this.refusal ??= new StorageUnavailableError('The event store is stopping.');
    await this.running;
  }

  private isFull(sizeBytes: number): boolean {
    const { waitingMax, waitingBytesMax } = this.limits;
    if (this.waiting.length === 0) return false;
    return this.waiting.length >= waitingMax || this.waitingBytes + sizeBytes > waitingBytesMax;
  }

  private async run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the first commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      try {
        const outcomes = await this.commit(batch.map(({ request }) => request));
        for (const [index, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined) reject(new Error('The commit left a request unanswered.'));
          else resolve(outcome);
        }
      } catch (error) {
        this.fail(error, batch);
      }
    }
    this.running = undefined;
  }

  private takeBatch(): Waiting<Request, Outcome>[] {
    let sizeBytes = 0;
    let count = 0;
    for (const { sizeBytes: next } of this.waiting) {
      if (count > 0 && (count >= this.limits.batchMax || sizeBytes + next > this.limits.batchBytesMax)) break;
      sizeBytes += next;
      count += 1;
    }
    this.waitingBytes -= sizeBytes;
    return this.waiting.splice(0, count);
  }

  private fail(error: unknown, batch: readonly Waiting<Request, Outcome>[]): void {
    this.refusal = new StorageUnavailableError('The event store could not write to its disk and has to be restarted.', {
      cause: error,
    });
    for (const { reject } of [...batch, ...this.waiting.splice(0)]) reject(this.refusal);
    this.waitingBytes = 0;
    this.onFailure(error);
  }
}
