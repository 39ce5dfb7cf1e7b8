import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AllowanceSource, OwnAllowances, windowMs, type Grant } from './allowance-source.js';

/** An allowance is this part of the limit, so that a process asks Redis once for many requests. */
const allowancesPerLimit = 100;
/** How long Redis is left alone after it failed: nobody waits for it again and again. */
const awayMs = 1_000;

/**
 * Allowances out of one count of all processes, which Redis keeps. While Redis is away each process counts for itself.
 * What a process was given and did not use lapses with the window: a caller may be told to wait up to a hundredth of
 * the limit early, for each process it talks to.
 */
export class SharedAllowances extends AllowanceSource {
  readonly #limiter: RateLimiterRedis;
  readonly #own: OwnAllowances;
  readonly #points: number;
  #awayUntilMs = -Infinity;

  /** @param prefix of the keys in Redis */
  constructor(redis: Redis, prefix: string, limit: number) {
    super();
    this.#points = Math.max(1, Math.floor(limit / allowancesPerLimit));
    this.#own = new OwnAllowances(limit);
    this.#limiter = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: prefix,
      points: limit,
      duration: windowMs / 1_000,
      rejectIfRedisNotReady: true,
    });
  }

  override async grant(key: string): Promise<Grant> {
    if (performance.now() < this.#awayUntilMs) return this.#own.grant();
    try {
      const { msBeforeNext } = await this.#limiter.consume(key, this.#points);
      return { points: this.#points, untilMs: msBeforeNext, isLast: false };
    } catch (error) {
      if (error instanceof RateLimiterRes) return { points: 0, untilMs: error.msBeforeNext, isLast: true };
      this.#awayUntilMs = performance.now() + awayMs;
      return this.#own.grant();
    }
  }
}
