import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { once } from 'node:events';
import type { Logger } from 'pino';

export interface EmbeddedProcessOptions {
  /** For the log and for errors: "event store". */
  readonly name: string;
  /** Compiled JavaScript file. It must send `{ type: 'ready', … }`, and end when its IPC channel disconnects. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly logger: Logger;
  readonly readyTimeoutMs?: number;
  /** How long SIGTERM may take before SIGKILL follows. */
  readonly stopGraceMs?: number;
  /** Told once when the process ends though nobody asked it to. */
  readonly onUnexpectedExit: (error: EmbeddedProcessError) => void;
}

export class EmbeddedProcessError extends Error {
  override readonly name = 'EmbeddedProcessError';
}

const lastLinesKept = 30;
const lineLengthMax = 4_000;

/** A child process of ours, from its ready message to its end. `Ready` is what the message carries. */
export class EmbeddedProcess<Ready extends object> {
  private stopping = false;
  private readonly lastLines: string[] = [];
  private readonly exited: Promise<void>;

  private constructor(
    private readonly options: EmbeddedProcessOptions,
    private readonly child: ChildProcess,
  ) {
    this.exited = once(child, 'exit').then(
      () => undefined,
      () => undefined, // could not be started; the error is reported by whoever waits for the ready message
    );
    this.passOn(child.stdout, 'info');
    this.passOn(child.stderr, 'warn');
  }

  /** Resolves when the child is ready; rejects, with the child gone, when it ends before or takes too long. */
  static async start<Ready extends object>(
    options: EmbeddedProcessOptions,
  ): Promise<{ process: EmbeddedProcess<Ready>; ready: Ready }> {
    const child = fork(options.entry, options.args ?? [], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      // A group of its own: Ctrl-C reaches only us, and we stop our children in the right order.
      detached: process.platform !== 'win32',
    });
    const embedded = new EmbeddedProcess<Ready>(options, child);
    try {
      const ready = await embedded.waitUntilReady();
      child.on('exit', (code, signal) => {
        if (!embedded.stopping) options.onUnexpectedExit(embedded.error(`ended on its own (${signal ?? code})`));
      });
      return { process: embedded, ready };
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks the child to end, makes it end after the grace period, and resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child.pid === undefined || this.hasExited()) return;
    const graceMs = this.options.stopGraceMs ?? 10_000;
    const killer = setTimeout(() => {
      this.options.logger.warn({ process: this.options.name }, `did not stop within ${graceMs} ms; killing it`);
      this.child.kill('SIGKILL');
    }, graceMs);
    this.child.kill('SIGTERM');
    await this.exited;
    clearTimeout(killer);
  }

  private async waitUntilReady(): Promise<Ready> {
    const timeoutMs = this.options.readyTimeoutMs ?? 60_000;
    return new Promise<Ready>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.child.off('message', onMessage).off('exit', onExit).off('error', onError);
        act();
      };
      const onMessage = (message: unknown): void => {
        if (isReady(message)) settle(() => resolve(message as Ready));
      };
      const onExit = (code: number | null, signal: string | null): void =>
        settle(() => reject(this.error(`ended before it was ready (${signal ?? code})`)));
      const onError = (error: Error): void =>
        settle(() => reject(this.error(`could not be started: ${error.message}`)));
      const timer = setTimeout(
        () => settle(() => reject(this.error(`was not ready within ${timeoutMs} ms`))),
        timeoutMs,
      );
      this.child.on('message', onMessage).on('exit', onExit).on('error', onError);
    });
  }

  private hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private error(what: string): EmbeddedProcessError {
    const said = this.lastLines.length > 0 ? ` It said:\n${this.lastLines.join('\n')}` : '';
    return new EmbeddedProcessError(`The ${this.options.name} process ${what}.${said}`);
  }

  private passOn(stream: Readable | null, level: 'info' | 'warn'): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      const text = line.slice(0, lineLengthMax);
      this.lastLines.push(text);
      if (this.lastLines.length > lastLinesKept) this.lastLines.shift();
      this.options.logger[level]({ process: this.options.name }, text);
    });
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
