const KEPT_MAX = 1_000;

const QUANTILES: readonly (readonly [name: string, quantile: number])[] = [
  ['Fastest', 0],
  ['Quintile 1', 0.2],
  ['Quintile 2', 0.4],
  ['Median', 0.5],
  ['Quintile 3', 0.6],
  ['Quintile 4', 0.8],
  ['Quintile 5', 1],
  ['90%', 0.9],
  ['95%', 0.95],
  ['99%', 0.99],
  ['99.5%', 0.995],
  ['99.9%', 0.999],
  ['Highest', 1],
];

/** How long the newest events took, in milliseconds. */
export class Latencies {
  private readonly kept: number[] = [];
  private next = 0;

  add(milliseconds: number): void {
    this.kept[this.next] = milliseconds;
    this.next = (this.next + 1) % KEPT_MAX;
  }

  summary(): [name: string, milliseconds: number][] {
    const sorted = [...this.kept].sort((a, b) => a - b);
    const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(sorted.length, 1);
    const at = (quantile: number) => sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0;
    return [
      ['Mean', Math.round(mean)],
      ...QUANTILES.map(([name, quantile]): [string, number] => [name, Math.round(at(quantile))]),
    ];
  }
}
