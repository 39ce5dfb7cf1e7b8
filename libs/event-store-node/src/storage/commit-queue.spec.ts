import { CommitQueue, DEFAULT_QUEUE_LIMITS } from './commit-queue.js';
import { StorageUnavailableError } from './event-log.js';

const never = () => undefined;

describe('commit queue', () => {
  it('commits together what waits for the commit before', async () => {
    const batches: number[][] = [];
    let open: () => void = never;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const queue = new CommitQueue<number, number>(async (batch) => {
      batches.push([...batch]);
      if (batches.length === 1) await gate;
      return batch.map((n) => n * 10);
    }, never);
    const first = queue.add(1, 1);
    await new Promise((resolve) => setImmediate(resolve));
    const others = [queue.add(2, 1), queue.add(3, 1), queue.add(4, 1)];
    open();
    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('bounds what one commit holds', async () => {
    const sizes: number[] = [];
    const commit = async (batch: readonly number[]) => (sizes.push(batch.length), batch);
    const queue = new CommitQueue<number, number>(commit, never, { ...DEFAULT_QUEUE_LIMITS, batchMax: 2 });
    await Promise.all([1, 2, 3, 4, 5].map((n) => queue.add(n, 1)));
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('refuses more than may wait', async () => {
    const limits = { ...DEFAULT_QUEUE_LIMITS, waitingBytesMax: 10 };
    const queue = new CommitQueue<number, number>(async (batch) => batch, never, limits);
    const accepted = queue.add(1, 8);
    await expect(queue.add(2, 8)).rejects.toThrow(StorageUnavailableError);
    expect(await accepted).toBe(1);
    expect(await queue.add(3, 50)).toBe(3);
  });

  it('takes nothing any more after a commit that failed', async () => {
    const failures: unknown[] = [];
    const broken = new Error('no space left');
    const queue = new CommitQueue<number, number>(
      () => Promise.reject(broken),
      (error) => failures.push(error),
    );
    const results = await Promise.allSettled([queue.add(1, 1), queue.add(2, 1)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(queue.add(3, 1)).rejects.toThrow('has to be restarted');
    expect(failures).toEqual([broken]);
  });

  it('finishes what waits when it is closed', async () => {
    const queue = new CommitQueue<number, number>(async (batch) => batch, never);
    const waiting = queue.add(1, 1);
    await queue.close();
    expect(await waiting).toBe(1);
    await expect(queue.add(2, 1)).rejects.toThrow('stopping');
  });
});
