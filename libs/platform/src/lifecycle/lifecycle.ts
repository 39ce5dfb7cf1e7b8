import type { Logger } from 'pino';

interface Part {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** npm passes Ctrl-C on to a program that the terminal has told already: what comes this soon is the same key press. */
const sameKeyPressMs = 500;

/** A part was not started, or not for use, because the program is being stopped. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
  constructor(part: string) {
    super(`The program is being stopped; ${part} is not needed any more.`);
  }
}

/**
 * The parts of a program, started in order and stopped in reverse. Ctrl-C or SIGTERM stops it with exit code 0, a part
 * that fails stops it with 1, and a second Ctrl-C ends it at once.
 */
export class Lifecycle {
  private readonly parts: Part[] = [];
  private stopped: Promise<void> | undefined;
  private starting: Promise<void> = Promise.resolve();
  private exitCode = 0;

  constructor(
    private readonly logger: Logger,
    private readonly stopTimeoutMs = 20_000,
    private readonly exit: (code: number) => void = (code) => process.exit(code),
  ) {}

  /** Starts a part and remembers how it is stopped. Throws StoppingError when the program is being stopped already. */
  async start<T>(name: string, start: () => Promise<T> | T, stop: (part: T) => Promise<void> | void): Promise<T> {
    if (this.isStopping()) throw new StoppingError(name);
    const starting = Promise.resolve(start()).then((part) => {
      this.parts.push({ name, stop: () => stop(part) });
      return part;
    });
    this.starting = starting.then(
      () => undefined,
      () => undefined, // whoever called us gets to know
    );
    const part = await starting;
    if (this.isStopping()) throw new StoppingError(name);
    return part;
  }

  /** Stops every part, the last one first, each within the time-out; a failure does not keep the others running. */
  async stop(): Promise<void> {
    this.stopped ??= this.stopParts();
    return this.stopped;
  }

  /** Loudly ends the program: something that it can't do without is gone. */
  fail(error: unknown): void {
    if (error instanceof StoppingError) return;
    this.logger.fatal({ err: error }, error instanceof Error ? error.message : String(error));
    this.exitCode = 1;
    this.finish();
  }

  handleSignals(): void {
    let firstAtMs: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (firstAtMs === undefined) {
        firstAtMs = Date.now();
        this.logger.info(`${signal}: stopping; once more to stop at once`);
        this.finish();
      } else if (Date.now() - firstAtMs > sameKeyPressMs) {
        this.logger.warn(`${signal} again: ending at once`);
        this.exit(130);
      }
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  }

  /**
   * Whoever read the output is gone, and each further word would fail as well: the program stops in order, and says
   * nothing more about it.
   */
  stopWithoutReader(): void {
    for (const output of [process.stdout, process.stderr]) {
      output.on('error', () => {
        if (this.isStopping()) return;
        this.exitCode = 1;
        this.finish();
      });
    }
  }

  private finish(): void {
    void this.stop().then(() => this.exit(this.exitCode));
  }

  private isStopping(): boolean {
    return this.stopped !== undefined;
  }

  private async stopParts(): Promise<void> {
    await this.stopPart({ name: 'what was being started', stop: () => this.starting });
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) await this.stopPart(part);
  }

  private async stopPart({ name, stop }: Part): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const onLate = (): void => reject(new Error(`it took longer than ${this.stopTimeoutMs} ms`));
      timer = setTimeout(onLate, this.stopTimeoutMs);
    });
    try {
      await Promise.race([stop(), late]);
      this.logger.debug(`${name} stopped`);
    } catch (error) {
      this.exitCode = 1;
      this.logger.error({ err: error }, `${name} did not stop in order`);
    } finally {
      clearTimeout(timer);
    }
  }
}
