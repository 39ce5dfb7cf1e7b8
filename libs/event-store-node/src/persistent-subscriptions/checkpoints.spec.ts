import { Checkpoints } from './checkpoints.js';

const settings = { checkpointAfterMs: 1_000, minCheckpointCount: 2, maxCheckpointCount: 4 };

/** Checkpoints over a group that has finished so many events; each write waits until it is let through. */
function stage(written?: number) {
  const writes: number[] = [];
  const waiting: (() => void)[] = [];
  let finished = 0;
  const write = (place: number) => {
    writes.push(place);
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const checkpoints = new Checkpoints(settings, () => finished, write, written);
  return {
    writes,
    checkpoints,
    finish(count: number) {
      for (let n = 0; n < count; n += 1) {
        finished += 1;
        checkpoints.countFinished();
      }
    },
    async letThrough() {
      await jest.advanceTimersByTimeAsync(0);
      for (const resolve of waiting.splice(0)) resolve();
      await jest.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('checkpoints', () => {
  it('are written at once at the maximum', () => {
    const { writes, finish } = stage();
    finish(3);
    expect(writes).toEqual([]);
    finish(1);
    expect(writes).toEqual([4]);
  });

  it('are written after a while at the minimum, and not below', async () => {
    const { writes, finish } = stage();
    finish(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(writes).toEqual([]);
    finish(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(writes).toEqual([2]);
  });

  it('are written one after the other, and none is left out', async () => {
    const { writes, finish, letThrough } = stage();
    finish(9);
    expect(writes).toEqual([4]);
    await letThrough();
    expect(writes).toEqual([4, 9]);
  });

  it('are written when the group stops, whatever the count', async () => {
    const { writes, finish, letThrough, checkpoints } = stage();
    finish(1);
    const closed = checkpoints.close();
    await letThrough();
    await closed;
    expect(writes).toEqual([1]);
    finish(8);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(writes).toEqual([1]);
  });

  it('are not written twice for the same place', async () => {
    const { writes, checkpoints, finish } = stage(1);
    finish(1);
    await checkpoints.close();
    expect(writes).toEqual([]);
  });
});
