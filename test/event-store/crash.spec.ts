import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

/**
 * A node that is killed in the middle of writing loses nothing that it acknowledged. Set CRASH_SEED to try another
 * moment; the seed of a run is in the name of its test.
 */
const MAIN = join(import.meta.dirname, '../../dist/apps/event-store/src/main.js');
const SEED = Number(process.env.CRASH_SEED ?? 20240131);
const ROUNDS = 3;
const WRITERS = 8;

interface Acknowledged {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly commit: bigint;
}

const folder = mkdtempSync(join(tmpdir(), 'event-store-crash-'));
const acknowledged: Acknowledged[] = [];
const attempted = new Set<string>();
let child: ChildProcess | undefined;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing. Run "npm run build" first.`);
});
afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function start(): Promise<{ node: ChildProcess; client: EventStoreDBClient }> {
  const node = (child = fork(MAIN, ['--data', folder, '--port', '0'], { stdio: 'pipe' }));
  const [{ connectionString }] = (await once(node, 'message')) as [{ connectionString: string }];
  return { node, client: EventStoreDBClient.connectionString(connectionString) };
}

/** Appends one to three events at a time until the node is gone: half of the writers to a stream that all share. */
async function write(client: EventStoreDBClient, writer: number, nextRandom: () => number): Promise<void> {
  const stream = writer % 2 === 0 ? `own-${writer}` : 'shared';
  for (;;) {
    const events = Array.from({ length: 1 + Math.floor(nextRandom() * 3) }, () =>
      jsonEvent({ type: 'Written', data: { writer, pad: 'x'.repeat(Math.floor(nextRandom() * 2_000)) } }),
    );
    for (const { id } of events) attempted.add(id);
    try {
      const { nextExpectedRevision, position } = await client.appendToStream(stream, events);
      for (const [index, { id }] of events.entries()) {
        const before = BigInt(events.length - 1 - index);
        acknowledged.push({
          id,
          stream,
          revision: nextExpectedRevision - before,
          commit: (position?.commit ?? 0n) - before,
        });
      }
    } catch {
      return; // the node is gone; whether this append was written is unknown
    }
  }
}

async function verify(client: EventStoreDBClient): Promise<void> {
  const found = new Map<string, Acknowledged>();
  const lastRevisions = new Map<string, bigint>();
  let lastCommit = 0n;
  for await (const { event } of client.readAll()) {
    if (!event || event.streamId.startsWith('$')) continue;
    expect(found.has(event.id)).toBe(false);
    expect(attempted.has(event.id)).toBe(true);
    const commit = event.position?.commit ?? 0n;
    expect(commit).toBeGreaterThan(lastCommit);
    expect(event.revision).toBe((lastRevisions.get(event.streamId) ?? -1n) + 1n);
    lastCommit = commit;
    lastRevisions.set(event.streamId, event.revision);
    found.set(event.id, { id: event.id, stream: event.streamId, revision: event.revision, commit });
  }
  for (const event of acknowledged) expect(found.get(event.id)).toEqual(event);

  for (const [stream, lastRevision] of lastRevisions) {
    let next = 0n;
    for await (const { event } of client.readStream(stream)) {
      expect(event && found.get(event.id)).toMatchObject({ stream, revision: next });
      next += 1n;
    }
    expect(next).toBe(lastRevision + 1n);
  }
}

/** mulberry32 */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('event store node, killed while it writes', () => {
  it(`keeps every acknowledged event exactly once and in order (seed ${SEED})`, async () => {
    const nextRandom = seeded(SEED);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { node, client } = await start();
      const killAfterAcknowledged = acknowledged.length + 50 + Math.floor(nextRandom() * 500);
      const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(client, writer, nextRandom)));
      while (acknowledged.length < killAfterAcknowledged) await new Promise((resolve) => setImmediate(resolve));
      node.kill('SIGKILL');
      await Promise.all([once(node, 'exit'), writing]);
      await client.dispose();

      const restarted = await start();
      await verify(restarted.client);
      await restarted.client.dispose();
      restarted.node.disconnect();
      await once(restarted.node, 'exit');
      expect(restarted.node.exitCode).toBe(0);
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 50);
  }, 60_000);
});
