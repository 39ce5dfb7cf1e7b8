import type { AppendRequest, ProposedBytes } from '../append-message.js';
import { EventStoreRejected } from '../errors.js';
import type { EventStore } from '../event-store.js';

export interface WindowLimits {
  /** Appends, and bytes, that may be under way at once. */
  readonly maxAppends: number;
  readonly maxBytes: number;
  /** Events and bytes that go into one append. */
  readonly maxBatchEvents: number;
  readonly maxBatchBytes: number;
}

export const defaultWindow: WindowLimits = {
  maxAppends: 512,
  maxBytes: 16 * 1024 * 1024,
  maxBatchEvents: 100,
  maxBatchBytes: 512 * 1024,
};

/** A stream of the target was not where the copy left it: somebody else writes there. */
export class CopyConflict extends Error {
  override readonly name = 'CopyConflict';

  constructor({ stream, expectedRevision }: Pick<AppendRequest, 'stream' | 'expectedRevision'>) {
    super(
      `The target did not take ${stream} from revision ${expectedRevision + 1n} on: another process wrote to it, or ` +
        'ended it, meanwhile. Find it and stop it, empty the target, and start the copy again.',
    );
  }
}

interface Batch {
  readonly stream: string;
  readonly expectedRevision: bigint;
  readonly events: ProposedBytes[];
  sizeBytes: number;
}

interface UnderWay {
  readonly batch: Batch;
  /** False when it failed or met a conflict. Never rejects. */
  readonly isWritten: Promise<boolean>;
}

/**
 * Appends events in the order in which they come, many at once: they travel on one call, which the server takes from in
 * order. When one fails, what is under way is awaited, and what was not written is sent again one by one; that is safe
 * because each has its event ids and its exact expected revision.
 */
export class AppendWindow {
  #next: Batch | null = null;
  #underWay: UnderWay[] = [];
  #bytesUnderWay = 0;
  /** The first append travels alone: while it opens the call, those behind it could overtake it. */
  #isOpen = false;

  constructor(
    private readonly target: Pick<EventStore, 'append'>,
    private readonly onWritten: (eventCount: number) => void,
    private readonly limits = defaultWindow,
  ) {}

  /** Takes the event that has to stand at the revision; waits while too much is under way. */
  async add(stream: string, revision: bigint, event: ProposedBytes): Promise<void> {
    const sizeBytes = event.data.length + event.metadata.length;
    if (this.#next && !this.#fits(this.#next, stream, revision, sizeBytes)) await this.#send(this.#next);
    this.#next ??= { stream, expectedRevision: revision - 1n, events: [], sizeBytes: 0 };
    this.#next.events.push(event);
    this.#next.sizeBytes += sizeBytes;
  }

  /**
   * Resolves when everything that was added is written.
   * @throws CopyConflict, and what `EventStore.append` throws
   */
  async drain(): Promise<void> {
    if (this.#next) await this.#send(this.#next);
    while (this.#underWay.length > 0) await this.#settleFirst();
  }

  #fits(batch: Batch, stream: string, revision: bigint, sizeBytes: number): boolean {
    const { maxBatchEvents, maxBatchBytes } = this.limits;
    return (
      batch.stream === stream &&
      revision === batch.expectedRevision + BigInt(batch.events.length) + 1n &&
      batch.events.length < maxBatchEvents &&
      batch.sizeBytes + sizeBytes <= maxBatchBytes
    );
  }

  async #send(batch: Batch): Promise<void> {
    this.#next = null;
    while (this.#underWay.length > 0 && !this.#hasRoom(batch)) await this.#settleFirst();
    const isWritten = this.target.append(batch).then(
      ({ written }) => written,
      () => false,
    );
    this.#underWay.push({ batch, isWritten });
    this.#bytesUnderWay += batch.sizeBytes;
  }

  #hasRoom({ sizeBytes }: Batch): boolean {
    const { maxAppends, maxBytes } = this.limits;
    return this.#isOpen && this.#underWay.length < maxAppends && this.#bytesUnderWay + sizeBytes <= maxBytes;
  }

  async #settleFirst(): Promise<void> {
    const [first] = this.#underWay;
    if (!first) return;
    if (!(await first.isWritten)) return this.#sendAgain();
    this.#underWay.shift();
    this.#settled(first.batch);
  }

  async #sendAgain(): Promise<void> {
    const underWay = this.#underWay.splice(0);
    await Promise.all(underWay.map(({ isWritten }) => isWritten));
    for (const { batch, isWritten } of underWay) {
      if (!(await isWritten) && !(await this.#appendAgain(batch))) throw new CopyConflict(batch);
      this.#settled(batch);
    }
  }

  async #appendAgain(batch: Batch): Promise<boolean> {
    try {
      return (await this.target.append(batch)).written;
    } catch (error) {
      if (!(error instanceof EventStoreRejected)) throw error;
      const { stream, expectedRevision, sizeBytes } = batch;
      const what = `${stream} from revision ${expectedRevision + 1n} on (${sizeBytes} bytes)`;
      throw new EventStoreRejected(`The target does not take ${what}. ${error.message}`, { cause: error });
    }
  }

  #settled({ events, sizeBytes }: Batch): void {
    this.#bytesUnderWay -= sizeBytes;
    this.#isOpen = true;
    this.onWritten(events.length);
  }
}
