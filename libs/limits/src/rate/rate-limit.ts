import { LRUCache } from 'lru-cache';
import type { AllowanceSource } from './allowance-source.js';

interface Allowance {
  left: number;
  /** By `performance.now()`. */
  readonly endsAtMs: number;
  readonly isLast: boolean;
}

/** Callers that are remembered; whoever is forgotten asks for an allowance anew. */
const callersMax = 50_000;

/** How often each caller may call in a minute. */
export class RateLimit {
  readonly #allowances = new LRUCache<string, Allowance>({ max: callersMax });
  readonly #asking = new Map<string, Promise<void>>();

  constructor(private readonly source: AllowanceSource) {}

  /** Counts one call. 0 when it may be made, or else how many milliseconds to wait; at once where that is known. */
  take(key: string): number | Promise<number> {
    const allowance = this.#allowances.get(key);
    const nowMs = performance.now();
    if (allowance !== undefined && nowMs < allowance.endsAtMs) {
      if (allowance.left > 0) {
        allowance.left--;
        return 0;
      }
      if (allowance.isLast) return allowance.endsAtMs - nowMs;
    }
    return this.#ask(key).then(() => this.take(key));
  }

  /** Calls that come together for a caller share one question. */
  #ask(key: string): Promise<void> {
    const asked = this.#asking.get(key) ?? this.#grant(key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  async #grant(key: string): Promise<void> {
    const { points, untilMs, isLast } = await this.source.grant(key);
    this.#allowances.set(key, { left: points, endsAtMs: performance.now() + Math.max(1, untilMs), isLast });
  }
}
