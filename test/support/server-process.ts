import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtFile, createLogger, findRedis } from '#platform';
import { freePort } from './ledger-process.js';

/** A server that the ledger stands on, which can be taken away and given back on the same port and files. */
export interface RestartableServer {
  readonly pid: number | undefined;
  halt(): Promise<void>;
  resume(): Promise<void>;
}

const stopGraceMs = 10_000;

/** A server as a child process of ours. */
export class ServerProcess implements RestartableServer {
  #child: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    private readonly spawnServer: () => ChildProcess,
    private readonly ready: (child: ChildProcess) => Promise<unknown>,
  ) {}

  /** The embedded event store's own program. */
  static async eventStore(folder: string): Promise<ServerProcess> {
    const port = await freePort();
    const args = ['--data', join(folder, 'event-store'), '--port', String(port)];
    const run = () => fork(builtFile('apps/event-store/src/main.js'), args, { silent: true, execArgv: [] });
    return start(
      new ServerProcess(`esdb://127.0.0.1:${port}?tls=false`, run, (child) => firstOf(child, once(child, 'message'))),
    );
  }

  /** A Redis that keeps its jobs over a restart, as one in production does. */
  static async redis(folder: string, password = ''): Promise<ServerProcess> {
    const program = await findRedis(createLogger({ logLevel: 'silent', production: false }));
    const port = await freePort();
    const dir = join(folder, 'redis-server');
    mkdirSync(dir);
    const settings = {
      port,
      bind: '127.0.0.1',
      dir,
      save: '',
      appendonly: 'yes',
      'maxmemory-policy': 'noeviction',
      requirepass: password,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const run = () => spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    return start(
      new ServerProcess(`redis://${password && `:${password}@`}127.0.0.1:${port}`, run, (child) =>
        firstOf(child, says(child, 'Ready to accept')),
      ),
    );
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async resume(): Promise<void> {
    this.#child = this.spawnServer();
    await this.ready(this.#child);
  }

  async halt(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await exited;
    clearTimeout(killer);
  }
}

async function start(server: ServerProcess): Promise<ServerProcess> {
  await server.resume();
  return server;
}

async function firstOf(child: ChildProcess, ready: Promise<unknown>): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)));
  await Promise.race([ready, ended]);
  ended.catch(() => undefined); // later it is stopped on purpose
}

async function says(child: ChildProcess, words: string): Promise<void> {
  if (child.stdout === null) throw new Error('nobody listens to the server');
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve) => lines.on('line', (line) => line.includes(words) && resolve()));
}
