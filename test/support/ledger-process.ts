import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueLocalToken, type TokenRequest } from '#auth';
import { builtFile } from '#platform';
import { childrenOf } from './process-tree.js';

export interface Reply<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface Asking {
  readonly as?: TokenRequest;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const admin: TokenRequest = { role: 'admin' };
const readyTimeoutMs = 60_000;

/** The built service as a process of its own, on a data folder, and on a free port unless `env` has one. */
export class LedgerProcess {
  readonly #tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly dataDir: string,
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly output: () => string,
  ) {}

  static async start(
    dataDir: string,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<LedgerProcess> {
    const port = env['PORT'] ?? String(await freePort());
    const child = spawnLedger({ LEDGER_DATA_DIR: dataDir, ...env, PORT: port }, args);
    let said = '';
    child.stdout?.on('data', (text) => (said += String(text)));
    child.stderr?.on('data', (text) => (said += String(text)));
    const ledger = new LedgerProcess(dataDir, `http://127.0.0.1:${port}`, child, () => said);
    await ledger.untilReady();
    return ledger;
  }

  get said(): string {
    return this.output();
  }

  /** Asks it to stop, as Ctrl-C does, and resolves with its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }

  /** The machine fails: the service and all its children are gone in the same moment. */
  async killAll(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined) return;
    const exited = once(this.child, 'exit');
    const family = [pid, ...childrenOf(pid)];
    for (const member of family) process.kill(member, 'SIGKILL');
    await exited;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get children(): number[] {
    return childrenOf(this.child.pid ?? 0);
  }

  /** Resolves when it has ended by itself, with its exit code. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** Closes the ends of its output, as a terminal or a log collector that goes away does. */
  stopReading(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  async ask<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object | string,
    { as = admin, key, headers = {} }: Asking = {},
  ): Promise<Reply<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.token(as)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const answer: unknown = isJson ? await response.json() : { text: await response.text() };
    return { status: response.status, body: answer as Body, headers: response.headers };
  }

  get<Body = Record<string, unknown>>(path: string, asking?: Asking): Promise<Reply<Body>> {
    return this.ask<Body>('GET', path, undefined, asking);
  }

  post<Body = Record<string, unknown>>(path: string, body: object = {}, asking?: Asking): Promise<Reply<Body>> {
    return this.ask<Body>('POST', path, body, asking);
  }

  put<Body = Record<string, unknown>>(path: string, body: object = {}, asking?: Asking): Promise<Reply<Body>> {
    return this.ask<Body>('PUT', path, body, asking);
  }

  /** A license at 10.00 USD a seat and month; returns its path. */
  async register(domain: string, terms: object = {}): Promise<string> {
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await this.put('/v1/plans/team', { name: 'Team', prices });
    const billingEmail = `billing@${domain}`;
    const license = { domain, billingEmail, planId: 'team', seats: 60, currency: 'USD', interval: 'month', ...terms };
    const { status, body } = await this.post('/v1/licenses', license);
    if (status !== 201) throw new Error(`${domain} was not registered: ${JSON.stringify(body)}`);
    return `/v1/licenses/${String(body['licenseId'])}`;
  }

  /** Every item of a list, page after page. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await this.get<{ items: Item[]; nextCursor: string | null }>(
        `${path}${path.includes('?') ? '&' : '?'}limit=500${more}`,
      );
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** A token for the local signing key; made once for each caller. */
  token(request: TokenRequest): Promise<string> {
    const name = JSON.stringify(request);
    const token = this.#tokens.get(name) ?? issueLocalToken(this.dataDir, request);
    this.#tokens.set(name, token);
    return token;
  }

  /** Waits until it says that it can do its work. */
  async untilReady(): Promise<void> {
    const deadline = Date.now() + readyTimeoutMs;
    for (;;) {
      const ready = await fetch(`${this.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      if (this.child.exitCode !== null) throw new Error(`The ledger ended with ${this.child.exitCode}:\n${this.said}`);
      if (Date.now() > deadline) throw new Error(`The ledger did not get ready:\n${this.said}`);
      await sleep(100);
    }
  }
}

/** Runs the service to its end; for starts that must fail. */
export async function runLedger(env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  const child = spawnLedger(env);
  let said = '';
  child.stdout?.on('data', (text) => (said += String(text)));
  child.stderr?.on('data', (text) => (said += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'seat-ledger-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A free port that the system gives to nobody by itself, so that it is free again when its user comes back to it. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function spawnLedger(env: Readonly<Record<string, string>>, args: readonly string[] = []): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [builtFile('apps/ledger/src/main.js'), ...args], {
    env: { PATH, HOME, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
