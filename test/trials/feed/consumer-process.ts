import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#platform';

/** What a consumer has written down of an event. */
export interface Seen {
  readonly licenseId: string;
  readonly sequence: number;
}

/** Runs the consumers in Python, where it is set: one that has grpcio, with their stubs in PYTHONPATH (docs/events.md). */
export const python = process.env['FEED_TRIAL_PYTHON'];

/** One of the consumers of the documentation as a process of its own, which can be killed and started again. */
export class ConsumerProcess {
  #child: ChildProcess | null = null;
  #said = '';
  kills = 0;

  constructor(
    /** Its program in docs/consumers. */
    readonly name: string,
    /** Whether it keeps its position together with what it does. */
    readonly isExact: boolean,
    private readonly journal: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    const { PATH = '', PYTHONPATH = '' } = process.env;
    const program = join(packageRoot(), 'docs/consumers', this.name);
    const runtime = this.name.endsWith('.py') ? (python ?? 'python3') : process.execPath;
    this.#child = spawn(runtime, [program], {
      env: { PATH, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1', JOURNAL: this.journal, ...this.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.on('data', (text) => (this.#said = (this.#said + String(text)).slice(-2_000)));
  }

  /** @throws Error when it has ended by itself, with what it said last */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}: ${this.#said}`);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    this.kills += 1;
  }

  /** All that it has written down, over all its lives. */
  get seen(): Seen[] {
    if (!existsSync(this.journal)) return [];
    const lines = readFileSync(this.journal, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Seen);
  }

  get said(): string {
    return this.#said;
  }
}
