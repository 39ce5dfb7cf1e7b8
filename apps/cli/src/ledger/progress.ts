const intervalMs = 5_000;

/** Says on standard error how far something has come, now and then; what is quick says nothing. */
export function everySoOften<Progress>(describe: (progress: Progress) => string): (progress: Progress) => void {
  let lastMs = performance.now();
  return (progress) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < intervalMs) return;
    lastMs = nowMs;
    console.error(describe(progress));
  };
}
