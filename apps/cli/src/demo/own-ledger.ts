import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface OwnLedger {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 90_000;

/** A ledger of the demonstration's own: a free port, an empty folder, a test clock. Its folder goes with it. */
export async function startOwnLedger(testClock: string): Promise<OwnLedger> {
  const dataDir = await mkdtemp(join(tmpdir(), 'seat-ledger-demo-'));
  const port = await freePort();
  const main = resolve(import.meta.dirname, '../../../ledger/src/main.js');
  const env = { ...process.env, PORT: String(port), LEDGER_DATA_DIR: dataDir, LEDGER_TEST_CLOCK: testClock };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error('the ledger did not start; its own words are above');
    }
    await wait(200);
  }
  return { url, dataDir, stop };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
