import { setImmediate as turn } from 'node:timers/promises';
import { inParallel } from './in-parallel.js';

describe('inParallel', () => {
  it('does everything once, never more at a time than it may', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins nothing more after a failure, and ends what is under way', async () => {
    const log: string[] = [];
    const work = inParallel(['good', 'bad', 'next'], 2, async (item) => {
      log.push(`${item} begun`);
      await turn();
      if (item === 'bad') throw new Error('no');
      await turn();
      log.push(`${item} done`);
    });
    await expect(work).rejects.toThrow('no');
    expect(log).toEqual(['good begun', 'bad begun', 'good done']);
  });
});
