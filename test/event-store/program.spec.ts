import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';

/** The program as somebody runs it by hand, without a parent that talks to it. */
const MAIN = join(import.meta.dirname, '../../dist/apps/event-store/src/main.js');

const folders: string[] = [];
const running = new Set<ChildProcess>();

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-program-'));
  folders.push(folder);
  return folder;
}

interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exited: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'] } });
  running.add(child);
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return { child, stdout: () => texts.stdout, stderr: () => texts.stderr, exited };
}

async function started(dataFolder: string): Promise<Run & { connectionString: string }> {
  const node = run('--data', dataFolder, '--port', '0');
  while (!node.stdout().includes('\n')) await once(node.child.stdout!, 'data');
  const [connectionString] = /esdb:\S+/.exec(node.stdout()) ?? [''];
  return { ...node, connectionString: connectionString.replace(/,$/, '') };
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('the event store, started by hand', () => {
  it('says in one line where it is and where its events are, and that it lives', async () => {
    const folder = newFolder();
    const { child, connectionString, stdout, stderr, exited } = await started(folder);
    expect(stdout()).toBe(`Event store ready at ${connectionString}, its events in ${folder}\n`);
    const health = connectionString.replace('esdb:', 'http:').replace(/\?.*/, '/health/live');
    expect((await fetch(health)).status).toBe(204);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(stderr()).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends in order on %s: nothing lost, and no one left waiting',
    async (signal) => {
      const folder = newFolder();
      const { child, connectionString, exited } = await started(folder);
      const client = EventStoreDBClient.connectionString(connectionString);
      const event = () => jsonEvent({ type: 'Written', data: {} });
      await client.appendToStream('stream', event());
      const subscription = client.subscribeToAll({ fromPosition: START });
      const error = new Promise((resolve) => subscription.once('error', resolve));
      subscription.on('data', () => undefined);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      const appends = Array.from({ length: 300 }, () => client.appendToStream('stream', event()));
      await appends[0];
      child.kill(signal);
      const outcomes = await Promise.allSettled(appends);
      expect(await exited).toBe(0);
      expect(await error).toMatchObject({ type: 'cancelled' });
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ type: 'unavailable' });
      }
      await client.dispose();

      const again = await started(folder);
      const reader = EventStoreDBClient.connectionString(again.connectionString);
      let found = 0;
      for await (const _ of reader.readStream('stream')) found += 1;
      expect(found).toBe(1 + outcomes.filter(({ status }) => status === 'fulfilled').length);
      await reader.dispose();
      again.child.kill('SIGTERM');
      await again.exited;
    },
  );

  it('explains its options', async () => {
    const { exited, stdout, stderr } = run('--help');
    expect(await exited).toBe(0);
    expect(stderr()).toBe('');
    for (const option of ['--data', '--port', '--tls-cert', '--max-append', '--link-streams', 'EVENT_STORE_PORT']) {
      expect(stdout()).toContain(option);
    }
  });

  it('says in one line why it does not start', async () => {
    const folder = newFolder();
    const owner = await started(folder);
    const foreign = newFolder();
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const attempts: [args: string[], reason: string][] = [
      [['--data', folder, '--port', '0'], `in use by process ${owner.child.pid}`],
      [['--data', foreign, '--port', '0'], 'does not belong to the event store'],
      [['--data', newFolder(), '--port', String(port)], 'Choose another port'],
      [['--data', newFolder(), '--port', '0', '--host', '0.0.0.0'], 'without TLS'],
      [['--data', newFolder(), '--tls-cert', 'nowhere.crt', '--tls-key', 'nowhere.key'], 'nowhere.crt'],
      [['--prot', '1'], '--prot'],
    ];
    for (const [args, reason] of attempts) {
      const { exited, stdout, stderr } = run(...args);
      expect(await exited).toBe(1);
      expect(stdout()).toBe('');
      expect(stderr()).toContain(reason);
      expect(stderr().trimEnd()).not.toContain('\n');
    }
    taken.close();
    owner.child.kill('SIGTERM');
    await owner.exited;
  });
});
