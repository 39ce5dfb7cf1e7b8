import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../support/seeded.js';
import { EventStoreProcess } from './event-store-process.js';
import { losePower } from './power-loss.js';
import { Writers } from './writers.js';

/**
 * A node that is killed in the middle of writing loses nothing that it acknowledged, and doubles nothing that was sent
 * again. CRASH_ROUNDS and CRASH_WRITERS say how much of it; the name of a test tells its seed, and CRASH_SEED tries
 * other moments.
 */
const SEED = Number(process.env.CRASH_SEED ?? 20240131);
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 20);
const WRITERS = Number(process.env.CRASH_WRITERS ?? 32);
const PER_ROUND_MIN = 100;
const PER_ROUND_SPREAD = 500;

let folder: string;
let node: EventStoreProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-crash-'));
  node = await EventStoreProcess.start(folder);
});
afterEach(async () => {
  await node.kill();
  rmSync(folder, { recursive: true });
});

describe(`event store node with ${WRITERS} writers, killed ${ROUNDS} times`, () => {
  it.each([
    ['by SIGKILL', () => undefined],
    ['by power loss that tears what was not flushed', losePower],
  ])(
    `%s keeps what it acknowledged, once and in order (seed ${SEED})`,
    async (_, befall) => {
      const nextRandom = seeded(SEED);
      const writers = new Writers(WRITERS, nextRandom);
      for (let round = 0; round < ROUNDS; round += 1) {
        const killAt = writers.acknowledged.size + PER_ROUND_MIN + Math.floor(nextRandom() * PER_ROUND_SPREAD);
        const writing = writers.writeOn(node.client);
        while (writers.acknowledged.size < killAt) await new Promise((resolve) => setImmediate(resolve));
        await sleep(nextRandom() * 5);
        await node.kill();
        await writing;
        await node.client.dispose();
        befall(folder, nextRandom);

        node = await EventStoreProcess.start(folder);
        expect(await writers.complaints(node.client)).toEqual([]);
      }
      await writers.settle(node.client);
      expect(await writers.complaints(node.client)).toEqual([]);
      expect(await writers.streamComplaints(node.client)).toEqual([]);
      expect(writers.acknowledged.size).toBeGreaterThan(ROUNDS * PER_ROUND_MIN);
      expect(await node.stop()).toBe(0);
    },
    300_000,
  );
});
