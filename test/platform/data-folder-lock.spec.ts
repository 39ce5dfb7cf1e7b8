import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killHard, nextMessage, runFixture } from './child-processes.js';

interface Outcome {
  outcome: string;
  message?: string;
}

describe('DataFolderLock between processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  const children: ChildProcess[] = [];
  afterAll(async () => {
    await Promise.all(children.filter(({ exitCode, signalCode }) => exitCode === null && !signalCode).map(killHard));
    rmSync(folder, { recursive: true });
  });

  async function starter(): Promise<ChildProcess> {
    const child = runFixture('hold-data-folder.mjs', folder);
    children.push(child);
    await nextMessage(child);
    return child;
  }

  async function acquire(child: ChildProcess): Promise<Outcome> {
    const answer = nextMessage<Outcome>(child);
    child.send('acquire');
    return answer;
  }

  it('lets one of several simultaneous starters in, and after kill -9 of the owner one of the next', async () => {
    for (let round = 0; round < 3; round++) {
      const starters = await Promise.all(Array.from({ length: 5 }, starter));
      const outcomes = await Promise.all(starters.map(acquire));
      const owner = starters[outcomes.findIndex(({ outcome }) => outcome === 'held')];
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
        ...Array<string>(4).fill('folder-in-use'),
        'held',
      ]);

      const late = await acquire(await starter());
      expect(late.message).toContain(`is in use by process ${owner?.pid}. Stop that process`);
      await Promise.all(children.splice(0).map(killHard));
    }
  });
});
