import type { Position } from '#event-store';
import { Progress } from '#projection-engine';

const at = (commit: bigint, prepare = commit): Position => ({ commit, prepare });

describe('Progress', () => {
  let stored: Position | null;
  let reads: number;
  let progress: Progress;

  beforeEach(() => {
    stored = null;
    reads = 0;
    progress = new Progress(() => {
      reads += 1;
      return Promise.resolve(stored);
    }, 1);
  });

  it('knows at once what this process has projected', async () => {
    progress.advance(at(10n));
    expect(await progress.waitFor(at(10n), 0)).toBe(true);
    expect(await progress.waitFor(at(9n, 99n), 0)).toBe(true);
    expect(reads).toBe(0);
  });

  it('compares the prepare position within one commit', async () => {
    progress.advance(at(10n, 4n));
    expect(await progress.waitFor(at(10n, 5n), 5)).toBe(false);
  });

  it('wakes who waits for what this process projects', async () => {
    const waiting = progress.waitFor(at(10n), 10_000);
    progress.advance(at(11n));
    expect(await waiting).toBe(true);
  });

  it('finds out what another process has projected, in one poll for all', async () => {
    const waiting = [10n, 11n, 12n].map((commit) => progress.waitFor(at(commit), 10_000));
    expect(reads).toBe(1);
    stored = at(12n);
    expect(await Promise.all(waiting)).toEqual([true, true, true]);
    const before = reads;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(reads).toBe(before);
  });

  it('gives up in time, also when the database can not be asked', async () => {
    const broken = new Progress(() => Promise.reject(new Error('no database')), 1);
    expect(await broken.waitFor(at(1n), 10)).toBe(false);
  });
});
