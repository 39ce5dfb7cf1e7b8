import type { PGlite } from '@electric-sql/pglite';
import { rollback, startup, sync } from './wire.js';

interface Turn {
  readonly owner: object;
  readonly bytes: Buffer;
  /** Whether the owner has finished its sequence of messages with these. */
  readonly complete: boolean;
  readonly onData: (data: Uint8Array) => void;
  readonly done: () => void;
}

/**
 * PGlite's single backend, taken in turns. An owner keeps it from the first message of a sequence to its Sync, and from
 * the beginning of a transaction to its end; meanwhile the others wait. So statements of two clients never mix, which
 * the message-by-message queue of pglite-socket allows as soon as a query does not arrive in one piece.
 */
export class SharedBackend {
  private readonly waiting: Turn[] = [];
  private holder: object | undefined;
  private midSequence = false;
  private running = false;

  /** `onBroken` is told when PGlite itself fails; nothing can be asked of it afterwards. */
  constructor(
    private readonly db: PGlite,
    private readonly onBroken: (error: unknown) => void,
  ) {}

  /** What the server answers to a client's startup message: accepted, its parameters, ready. */
  async greeting(): Promise<Buffer> {
    return Buffer.from(await this.db.execProtocolRaw(startup()));
  }

  /** Resolves when the messages have been executed and every byte of the answer was given to `onData`. */
  async execute(owner: object, bytes: Buffer, complete: boolean, onData: (data: Uint8Array) => void): Promise<void> {
    await new Promise<void>((done) => {
      this.waiting.push({ owner, bytes, complete, onData, done });
      this.next();
    });
  }

  /** Whether the others wait for this owner to end its transaction or sequence. */
  isHeldBy(owner: object): boolean {
    return this.holder === owner;
  }

  /** Forgets an owner that is gone: what it began is rolled back, `farewell` is executed, and the others go on. */
  async leave(owner: object, farewell: Buffer | undefined): Promise<void> {
    if (this.holder === owner) {
      if (this.midSequence) await this.execute(owner, sync, true, ignore);
      if (this.holder === owner) await this.execute(owner, rollback, true, ignore);
    }
    if (farewell !== undefined) await this.execute(owner, farewell, true, ignore);
  }

  private next(): void {
    if (this.running) return;
    const at = this.holder === undefined ? 0 : this.waiting.findIndex(({ owner }) => owner === this.holder);
    const [turn] = at < 0 ? [] : this.waiting.splice(at, 1);
    if (turn === undefined) return;
    this.running = true;
    this.take(turn).then(
      () => {
        this.running = false;
        turn.done();
        this.next();
      },
      (error: unknown) => this.onBroken(error),
    );
  }

  private async take({ owner, bytes, complete, onData }: Turn): Promise<void> {
    await this.db.runExclusive(() => this.db.execProtocolRawStream(bytes, { onRawData: onData }));
    this.midSequence = !complete;
    this.holder = this.midSequence || this.db.isInTransaction() ? owner : undefined;
  }
}

function ignore(): void {}
