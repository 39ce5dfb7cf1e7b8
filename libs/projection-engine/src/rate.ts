/** Events per second over the last while. */
export class Rate {
  #samples: { readonly atMs: number; readonly count: number }[] = [];

  constructor(private readonly windowMs = 10_000) {}

  add(count: number, atMs: number): void {
    this.#forget(atMs);
    this.#samples.push({ atMs, count });
  }

  perSecond(nowMs: number): number {
    this.#forget(nowMs);
    const count = this.#samples.reduce((sum, sample) => sum + sample.count, 0);
    return count / (this.windowMs / 1_000);
  }

  #forget(nowMs: number): void {
    const recent = this.#samples.findIndex(({ atMs }) => atMs > nowMs - this.windowMs);
    this.#samples = recent < 0 ? [] : this.#samples.slice(recent);
  }
}
