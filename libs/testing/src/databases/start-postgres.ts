import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPostgresBinaries } from './postgres-binaries.js';

const startTimeoutMs = 30_000;
const stopGraceMs = 10_000;

export interface PostgresOptions {
  readonly binaries?: string | undefined;
  /** Waits for the disk on each commit, as in production. Measurements need it, tests do not. */
  readonly durable?: boolean;
}

/**
 * A real PostgreSQL in a temporary folder, reached through a unix socket that only we and root may enter. It forgets
 * everything when it stops. Throws when PostgreSQL is not installed.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<TemporaryPostgres> {
  const { binaries = findPostgresBinaries(), durable = false } = options;
  if (binaries === undefined) throw new Error('PostgreSQL is not installed (on Debian: apt-get install postgresql).');
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const spawnOptions = { cwd: folder, ...user, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };

  const initArgs = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(join(binaries, 'initdb'), initArgs, spawnOptions);
  const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'].flatMap((setting) => ['-c', setting]);
  const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', ...(durable ? [] : unsafe)];
  const postgres = new TemporaryPostgres(folder, () =>
    spawn(join(binaries, 'postgres'), args, { ...spawnOptions, stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  try {
    await postgres.resume();
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

export class TemporaryPostgres {
  readonly connectionString: string;
  #server: ChildProcess | undefined;
  #version = '';

  constructor(
    private readonly folder: string,
    private readonly spawnServer: () => ChildProcess,
  ) {
    this.connectionString = `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  }

  get version(): string {
    return this.#version;
  }

  /** Of the server while it runs, whose children serve the connections. */
  get pid(): number | undefined {
    return this.#server?.pid;
  }

  /** Ends the server as an operator would; its files stay, and it can be resumed on them, at the same address. */
  async halt(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGINT'); // fast shutdown: ends the sessions that are open
    const killer = setTimeout(() => server.kill('SIGKILL'), stopGraceMs);
    await exited;
    clearTimeout(killer);
  }

  async resume(): Promise<void> {
    const server = (this.#server = this.spawnServer());
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    try {
      this.#version = await untilItAnswers(this.connectionString, server);
    } catch (error) {
      throw new Error(`PostgreSQL did not start: ${String(error)}\n${said}`);
    }
  }

  /** Ends the server and removes what it had. */
  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** PostgreSQL refuses to run as root; then it runs as its own user, or else as nobody. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

async function untilItAnswers(connectionString: string, server: ChildProcess): Promise<string> {
  const deadlineMs = Date.now() + startTimeoutMs;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`);
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
      return rows[0]?.server_version ?? 'of unknown version';
    } catch (error) {
      if (Date.now() > deadlineMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end();
    }
  }
}
