import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '#platform';

export interface CliResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs one of the built command-line tools to its end. */
export async function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [builtFile('apps/cli/src/main.js'), ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (errors += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}
