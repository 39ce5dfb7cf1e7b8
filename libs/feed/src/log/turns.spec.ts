import { Turns } from './turns.js';

describe('Turns', () => {
  it('lets so many work at once, in the order of their coming, also when some fail', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    let working = 0;
    let most = 0;
    const work = (n: number) => async (): Promise<number> => {
      begun.push(n);
      most = Math.max(most, ++working);
      await new Promise(setImmediate);
      working -= 1;
      if (n % 3 === 0) throw new Error(`${n} failed`);
      return n;
    };
    const results = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((n) => turns.take(work(n))));
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([false, true, true, false, true, true, false]);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
    await expect(turns.take(work(7))).resolves.toBe(7);
  });
});
