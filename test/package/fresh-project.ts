import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project as somebody else would begin it, in a folder that knows nothing of the repository. */
export class FreshProject {
  private constructor(readonly folder: string) {}

  /**
   * @param installed packages that it has already, with what they need: copied from the repository, so that a test asks
   *   no registry
   */
  static begin(folder: string, installed: readonly string[]): FreshProject {
    mkdirSync(folder, { recursive: true });
    const project = new FreshProject(folder);
    const dependencies = installed.map((name) => [name, project.#copy(name, root)]);
    project.write('package.json', {
      name: 'fresh',
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(dependencies) as object,
    });
    return project;
  }

  write(name: string, content: string | object): void {
    writeFileSync(join(this.folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }

  /** Installs a tarball by npm, together with what it needs, which is copied first. */
  async install(tarball: string, needs: readonly string[]): Promise<void> {
    for (const name of needs) this.#copy(name, root);
    await this.#run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball]);
  }

  /** The compiler's output; empty when it has nothing to say. */
  async compile(...args: readonly string[]): Promise<string> {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    return this.#run(process.execPath, [compiler, ...args]).catch((error: { stdout?: string }) => error.stdout ?? '');
  }

  /** Runs a program to its end; returns what it printed. @throws when it fails */
  node(program: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.#run(process.execPath, [program], env);
  }

  start(program: string, env: Readonly<Record<string, string>>): RunningProgram {
    const options = { cwd: this.folder, env: { ...bare(), ...env } };
    return new RunningProgram(spawn(process.execPath, [program], options));
  }

  async #run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await run(command, args, { cwd: this.folder, env: { ...bare(), ...env } });
    return stdout.trim();
  }

  /** Copies a package and what it needs to the same places below node_modules; returns its version. */
  #copy(name: string, from: string): string {
    const source = placeOf(name, from);
    const target = join(this.folder, relative(root, source));
    const { version, dependencies = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
    if (!existsSync(target)) {
      cpSync(source, target, { recursive: true });
      for (const each of Object.keys(dependencies)) this.#copy(each, source);
    }
    return version;
  }
}

/** A program that runs until it is told to stop. */
export class RunningProgram {
  #output = '';

  constructor(private readonly child: ChildProcess) {
    const note = (text: unknown): void => void (this.#output += String(text));
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
  }

  get lines(): string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  /** Waits until it has said so much. @throws when it ends before, or takes longer than twenty seconds */
  async said(what: string, holds: (lines: readonly string[]) => boolean): Promise<void> {
    const giveUpAt = performance.now() + 20_000;
    while (!holds(this.lines)) {
      const hasEnded = this.child.exitCode !== null || performance.now() > giveUpAt;
      if (hasEnded) throw new Error(`Waited in vain until ${what}:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resolves with its exit code, or the signal that ended it. */
  async stop(): Promise<number | string | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    return this.child.exitCode ?? this.child.signalCode;
  }
}

/** As a shell has it, and nothing of what the tests run under. */
function bare(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

/** The folder of a package as Node finds it from another one. */
function placeOf(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(place)) return place;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed for ${from}`);
  }
}
