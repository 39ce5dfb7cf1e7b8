import { fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const dist = (path) => resolve(import.meta.dirname, '../../dist', path);

/** Stops what was started, newest first, and removes what was made. */
export class Stage {
  #cleanUps = [];

  onEnd(cleanUp) {
    this.#cleanUps.unshift(cleanUp);
  }

  async end() {
    for (const cleanUp of this.#cleanUps.splice(0)) await cleanUp();
  }

  folder() {
    const path = mkdtempSync(join(tmpdir(), 'seat-ledger-bench-'));
    this.onEnd(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** Forks one of our own programs. @returns its `ready` message, with its process id */
  async fork(file, args = [], env = {}) {
    const child = fork(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const exited = new Promise((done) => child.once('exit', done));
    this.onEnd(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    return new Promise((done, fail) => {
      child.once('message', (message) => done({ ...message, pid: child.pid }));
      child.once('exit', (code) => fail(new Error(`${file} ended with ${code}`)));
    });
  }

  /** The ledger as a process of its own. @returns its URL once it is ready */
  async ledger(env, args = []) {
    return (await this.ledgerProcess(env, args)).url;
  }

  /** The same. @returns its URL and its process id */
  async ledgerProcess(env, args = []) {
    const port = await freePort();
    // For a look inside: BENCH_NODE_ARGS='--cpu-prof --cpu-prof-dir=/tmp/profile'
    const nodeArgs = process.env.BENCH_NODE_ARGS?.split(' ') ?? [];
    const child = spawn(process.execPath, [...nodeArgs, dist('apps/ledger/src/main.js'), ...args], {
      env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const exited = new Promise((done) => child.once('exit', done));
    this.onEnd(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    const url = `http://127.0.0.1:${port}`;
    while (child.exitCode === null) {
      if ((await fetch(`${url}/health/ready`).catch(() => null))?.ok) return { url, pid: child.pid };
      await wait(100);
    }
    throw new Error(`the ledger ended with ${child.exitCode}`);
  }

  /** The embedded event store node. @returns its connection string */
  async eventStore() {
    return (await this.eventStoreProcess(this.folder())).connectionString;
  }

  /** The same on a given folder. @returns its connection string and process id */
  eventStoreProcess(folder) {
    return this.fork(dist('apps/event-store/src/main.js'), ['--data', folder, '--port', '0']);
  }

  /** A Redis: REDIS_URL, or one of our own. */
  async redis() {
    if (process.env.REDIS_URL) return process.env.REDIS_URL;
    const main = dist('libs/platform/src/redis-server/redis-server.main.js');
    return (await this.fork(main, ['redis-server', join(this.folder(), 'redis')])).url;
  }

  /** A PostgreSQL that waits for the disk on every commit, as in production: DATABASE_URL, or one of our own. */
  async postgres() {
    if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
    const started = await this.fork(dist('libs/testing/src/databases/postgres.main.js'), ['--durable']);
    if (started.type !== 'ready') throw new Error('PostgreSQL is not installed; set DATABASE_URL');
    return started.connectionString;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export function machine() {
  const [{ model }] = cpus();
  return `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** Processor time that the process has used, in ms; undefined where the system does not tell it. */
export function processorMs(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  // The name of the program, in brackets, may hold spaces; the times are the 12th and 13th behind it, in ticks of 10 ms.
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The smallest of the values that `percent` of them do not exceed, rounded. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN);
}

/** Does `work` with each item, so many at once. @returns what came of them, in their order */
export async function inChunks(size, items, work) {
  const results = [];
  for (let from = 0; from < items.length; from += size) {
    results.push(...(await Promise.all(items.slice(from, from + size).map((item, n) => work(item, from + n)))));
  }
  return results;
}

/** Asks a ledger as the holder of a token. @returns a function that answers the body, and throws unless it is a 2xx */
export function callerOf(url, token) {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** `--name 1,2,3` from the command line, as numbers. */
export function listOption(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1].split(',').map(Number);
}

/** `--name value` from the command line, as a number. */
/** `--name <text>` from the command line; undefined where it is not given. */
export function textOption(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}
