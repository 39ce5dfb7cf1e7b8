/**
 * Does `work` on every item, at most `concurrency` at a time. After the first failure nothing more is begun; it is
 * thrown once what is under way has ended.
 */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let isBroken = false;
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (isBroken) return;
      await work(item).catch((error: unknown) => {
        isBroken = true;
        throw error;
      });
    }
  };
  const lanes = Array.from({ length: Math.min(concurrency, items.length) }, lane);
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
}
