import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '#platform';

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** One of the built command-line tools at work, as a process of its own. */
export class CliProcess {
  readonly result: Promise<CliResult>;

  private constructor(private readonly child: ChildProcess) {
    let output = '';
    let errors = '';
    child.stdout?.on('data', (text) => (output += String(text)));
    child.stderr?.on('data', (text) => (errors += String(text)));
    this.result = once(child, 'close').then((ending) => {
      const [code, signal] = ending as [number | null, NodeJS.Signals | null];
      return { code, signal, output, errors };
    });
  }

  static start(args: readonly string[], env: Readonly<Record<string, string>> = {}): CliProcess {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [builtFile('apps/cli/src/main.js'), ...args], {
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new CliProcess(child);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** Runs one of the built command-line tools to its end. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  return CliProcess.start(args, env).result;
}
