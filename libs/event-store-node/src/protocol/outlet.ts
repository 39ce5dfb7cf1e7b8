import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js';
import { toRpcError } from './rpc-error.js';

type Call = ServerWritableStream<unknown, Buffer> | ServerDuplexStream<unknown, Buffer>;

/** The answering side of a streaming call, written no faster than the client reads. */
export class Outlet {
  private ended = false;
  private readonly wakers = new Set<() => void>();

  constructor(private readonly call: Call) {
    const close = () => {
      this.ended = true;
      this.wake();
    };
    call.on('cancelled', close);
    call.on('close', close);
    call.on('error', close);
    call.on('drain', () => this.wake());
  }

  get closed(): boolean {
    return this.ended || this.call.cancelled;
  }

  /** Resolves when the client can take more, to false when it is gone. */
  async write(frame: Buffer): Promise<boolean> {
    if (this.closed) return false;
    if (!this.call.write(frame)) await this.wakened();
    return !this.closed;
  }

  /** Lets other calls have their turn between two pages. */
  nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Resolves when the call closes or when something that `subscribe` reports happens. */
  async waitFor(subscribe: (listener: () => void) => () => void): Promise<void> {
    if (this.closed) return;
    const unsubscribe = subscribe(() => this.wake());
    await this.wakened();
    unsubscribe();
  }

  end(): void {
    if (this.closed) return;
    this.ended = true;
    this.call.end();
  }

  fail(error: unknown): void {
    if (this.closed) return;
    const { code, details, metadata } = toRpcError(error);
    this.call.emit('error', { code, details, metadata });
  }

  private wakened(): Promise<void> {
    return new Promise((resolve) => this.wakers.add(resolve));
  }

  private wake(): void {
    for (const wake of this.wakers) wake();
    this.wakers.clear();
  }
}
