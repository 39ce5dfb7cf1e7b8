import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endOrphan } from './end-orphan.js';

const stopGraceMs = 5_000;
const attemptsMax = 3;

/** A redis-server of our own in a child process. It keeps nothing: it begins empty and writes no file but its pid. */
export class RedisServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param folder the server's working folder, ours alone */
  static async start(program: string, folder: string): Promise<RedisServer> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pidFile = join(folder, 'redis.pid');
    await endOrphan(pidFile, folder);
    for (let attempt = 1; ; attempt++) {
      // Somebody may take the port before the server does.
      const port = await freePort();
      const password = randomBytes(24).toString('base64url');
      const child = spawn(program, ['-'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
      // By its input, so that the password shows in no list of processes.
      child.stdin.on('error', () => undefined).end(configuration({ folder, pidFile, port, password }));
      const said = await untilReady(child);
      if (said === null) return new RedisServer(child, `redis://:${password}@127.0.0.1:${port}`);
      if (attempt === attemptsMax) throw new Error(`redis-server did not start. It said:\n${said}`);
    }
  }

  /** Told once when the server ends, asked or not. */
  onExit(listener: () => void): void {
    this.child.once('exit', listener);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await exited;
    clearTimeout(killer);
  }
}

function configuration(of: { folder: string; pidFile: string; port: number; password: string }): string {
  return [
    'bind 127.0.0.1',
    `port ${of.port}`,
    `requirepass ${of.password}`,
    `dir ${JSON.stringify(of.folder)}`,
    `pidfile ${JSON.stringify(of.pidFile)}`,
    // What is lost with the process is found again; what must not be lost is not here.
    'appendonly no',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}

/** Null when the server takes connections; what it said, when it ended instead. */
async function untilReady(child: ChildProcess): Promise<string | null> {
  const lines: string[] = [];
  const failed = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve([...lines, `(ended with ${code})`].join('\n')));
  });
  const ready = new Promise<null>((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
      if (line.includes('Ready to accept connections')) resolve(null);
    });
  });
  return Promise.race([failed, ready]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
