import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '#platform';

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line as a process of its own. */
export class CliProcess {
  readonly result: Promise<CliResult>;

  private constructor(private readonly child: ChildProcess) {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text) => (stdout += String(text)));
    child.stderr?.on('data', (text) => (stderr += String(text)));
    this.result = once(child, 'close').then((ending) => {
      const [code, signal] = ending as [number | null, NodeJS.Signals | null];
      return { code, signal, stdout, stderr };
    });
  }

  static start(args: readonly string[], env: Readonly<Record<string, string>> = {}): CliProcess {
    const { PATH = '', HOME = '' } = process.env;
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const entry = builtFile('apps/cli/src/main.js');
    return new CliProcess(
      spawn(process.execPath, [entry, ...args], { env: { PATH, HOME, ...env }, stdio: [...stdio] }),
    );
  }

  static run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
    return CliProcess.start(args, env).result;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
