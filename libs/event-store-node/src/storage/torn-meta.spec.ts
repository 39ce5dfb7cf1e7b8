import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHeader } from '../record/recorded-event.js';
import { LmdbEventLog } from './lmdb-event-log.js';
import { systemEvent } from './system-event.js';
import { DATA_FILE } from './tables.js';

const PAGE = 4_096;
/** Of the number of its transaction, in a meta page; the header of the page comes before the meta data. */
const TRANSACTION_AT = 24 + 128;
const STRUCT_BYTES = 144;

/** What power loss may leave of a meta page that was being written. */
const DAMAGES: Readonly<Record<string, (page: Buffer) => void>> = {
  zeros: (page) => page.fill(0),
  'every byte wrong': (page) => page.forEach((byte, at) => (page[at] = byte ^ 0xa5)),
  'nothing but its first half': (page) => page.fill(0, PAGE / 2),
  'its header gone': (page) => page.fill(0, 0, 24),
  'the number of a transaction that nothing belongs to': (page) => {
    page.writeBigUInt64LE(page.readBigUInt64LE(TRANSACTION_AT) + 2n, TRANSACTION_AT);
  },
  'roots beyond the end': (page) => {
    page.fill(0x7f, 24 + 24, TRANSACTION_AT);
    page.writeBigUInt64LE(page.readBigUInt64LE(TRANSACTION_AT) + 2n, TRANSACTION_AT);
  },
  'the end of its data gone': (page) => page.fill(0xff, TRANSACTION_AT, 24 + STRUCT_BYTES),
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'torn-meta-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function open() {
  let tornCommits = 0;
  const onFailure = (error: unknown) => {
    throw error;
  };
  const log = await LmdbEventLog.open({ folder, now: Date.now, onFailure, onTornCommit: () => (tornCommits += 1) });
  return { log, tornCommits: () => tornCommits };
}

/** Writes so many commits of one event each behind what is there; returns all event ids in order. */
async function write(count: number): Promise<string[]> {
  const { log } = await open();
  for (let n = 0; n < count; n += 1) {
    const event = systemEvent('Written', Buffer.alloc(700, 'x'));
    await log.append({ stream: 's', expected: 'any', events: [event] });
  }
  return closing(log);
}

async function closing(log: LmdbEventLog): Promise<string[]> {
  const ids = log.readStream('s', 0, 'forwards').map(({ record }) => readHeader(record).id);
  await log.close();
  return ids;
}

function damage(which: 'newest' | 'oldest', how: (page: Buffer) => void): void {
  const file = join(folder, 'log', DATA_FILE);
  const bytes = readFileSync(file);
  const [even, odd] = [bytes.subarray(0, PAGE), bytes.subarray(PAGE, 2 * PAGE)];
  const evenIsNewest = even.readBigUInt64LE(TRANSACTION_AT) > odd.readBigUInt64LE(TRANSACTION_AT);
  how((which === 'newest') === evenIsNewest ? even : odd);
  writeFileSync(file, bytes);
}

describe('power loss while LMDB writes the page that makes a commit count', () => {
  describe.each(Object.entries(DAMAGES))('and leaves %s', (_, how) => {
    // Pages 0 and 1 take turns, so either parity is tried.
    it.each([8, 9])('loses nothing that was answered before (%i commits)', async (commits) => {
      const written = await write(commits);
      damage('oldest', how);
      const { log, tornCommits } = await open();
      expect(await closing(log)).toEqual(written);
      expect(tornCommits()).toBeLessThanOrEqual(1);
      expect(await write(20)).toHaveLength(commits + 20);
    });

    it.each([8, 9])('goes back to the commit before when the newest was torn (%i commits)', async (commits) => {
      const written = await write(commits);
      damage('newest', how);
      const { log, tornCommits } = await open();
      expect([written.slice(0, -1), written]).toContainEqual(await closing(log));
      expect(tornCommits()).toBeLessThanOrEqual(1);
      expect((await write(20)).slice(0, commits - 1)).toEqual(written.slice(0, -1));
    });
  });

  it('is told of once: the next start finds both pages whole', async () => {
    const written = await write(5);
    damage('newest', (page) => page.fill(0));
    const first = await open();
    expect(first.tornCommits()).toBe(1);
    expect(await closing(first.log)).toEqual(written.slice(0, -1));
    const second = await open();
    expect(second.tornCommits()).toBe(0);
    await second.log.close();
  });

  it('is not seen where there was none', async () => {
    for (let run = 0; run < 6; run += 1) {
      await write(run);
      const { log, tornCommits } = await open();
      await log.close();
      expect(tornCommits()).toBe(0);
    }
  });
});
