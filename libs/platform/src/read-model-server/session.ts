import type { Socket } from 'node:net';
import type { SharedBackend } from './shared-backend.js';
import { StatementNames } from './statement-names.js';
import {
  MessageReader,
  ProtocolError,
  askForPassword,
  encryptionRefused,
  endsSequence,
  endsUnit,
  fatalError,
  isTerminate,
  passwordOf,
} from './wire.js';

export interface SessionOptions {
  readonly greeting: Buffer;
  /** Asked of every client when set. */
  readonly password: string | undefined;
  /** How long a client may leave the others waiting on its open transaction without a word. */
  readonly transactionIdleMs: number;
  readonly messageBytesMax: number;
}

let sessions = 0;

/** One client's connection: collects its messages up to where an answer is due, and hands them over in one piece. */
export class Session {
  private readonly reader: MessageReader;
  private readonly names = new StatementNames(`s${++sessions}_`);
  private state: 'opening' | 'password' | 'ready' = 'opening';
  private collected: Buffer[] = [];
  private collectedBytes = 0;
  private idleTimer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly backend: SharedBackend,
    private readonly options: SessionOptions,
  ) {
    this.reader = new MessageReader(options.messageBytesMax);
  }

  /** Serves the connection; resolves when it has closed and nothing of it is left in the backend. */
  static async serve(socket: Socket, backend: SharedBackend, options: SessionOptions): Promise<void> {
    const session = new Session(socket, backend, options);
    try {
      await session.converse();
    } catch (error) {
      if (error instanceof ProtocolError) socket.write(fatalError('08P01', error.message));
      // else the connection broke; the client knows
    } finally {
      clearTimeout(session.idleTimer);
      socket.destroySoon();
      await backend.leave(session, session.names.closeAll());
    }
  }

  private async converse(): Promise<void> {
    // Reading on only when everything before is answered and taken bounds what a client can make us hold.
    for await (const chunk of this.socket.iterator({ destroyOnReturn: false })) {
      clearTimeout(this.idleTimer);
      this.reader.push(chunk as Buffer);
      if ((await this.handleMessages()) === 'end') return;
      if (this.backend.isHeldBy(this))
        this.idleTimer = setTimeout(() => this.endIdle(), this.options.transactionIdleMs);
      await this.drained();
    }
  }

  private async drained(): Promise<void> {
    if (!this.socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => this.socket.once('drain', resolve).once('close', resolve));
  }

  private async handleMessages(): Promise<'more' | 'end'> {
    while (this.state === 'opening') {
      const opening = this.reader.nextOpening();
      if (opening === undefined) return 'more';
      if (opening === 'cancel-request') return 'end'; // there is no other process to interrupt
      if (opening === 'encryption-request') this.socket.write(encryptionRefused);
      else this.greetOrAskForPassword();
    }
    for (let next = this.reader.nextMessage(); next !== undefined; next = this.reader.nextMessage()) {
      if (isTerminate(next)) return 'end';
      if (this.state === 'password') {
        if (!this.acceptPassword(next)) return 'end';
      } else {
        await this.collect(this.names.qualify(next));
      }
    }
    return 'more';
  }

  private greetOrAskForPassword(): void {
    this.state = this.options.password === undefined ? 'ready' : 'password';
    this.socket.write(this.state === 'ready' ? this.options.greeting : askForPassword);
  }

  private acceptPassword(message: Buffer): boolean {
    if (passwordOf(message) !== this.options.password) {
      this.socket.write(fatalError('28P01', 'wrong password'));
      return false;
    }
    this.state = 'ready';
    this.socket.write(this.options.greeting);
    return true;
  }

  private async collect(message: Buffer): Promise<void> {
    this.collected.push(message);
    this.collectedBytes += message.length;
    if (this.collectedBytes > this.options.messageBytesMax) throw new ProtocolError('too much without a Sync');
    if (!endsUnit(message)) return;
    const unit = Buffer.concat(this.collected);
    this.collected = [];
    this.collectedBytes = 0;
    await this.backend.execute(this, unit, endsSequence(message), (data) => {
      if (this.socket.writable) this.socket.write(data.slice()); // PGlite uses its buffer again
    });
  }

  private endIdle(): void {
    const text = `the transaction was left idle for ${this.options.transactionIdleMs} ms while it kept all others waiting`;
    this.socket.end(fatalError('25P03', text));
    this.socket.destroySoon();
  }
}
