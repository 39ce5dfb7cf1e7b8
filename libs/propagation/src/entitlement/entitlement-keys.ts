import { findSigningKey, openSigningKey, type KeyPurpose, type PublicJwk, type SigningKey } from '#auth';
import type { Clock } from '#platform';

const dayMs = 86_400_000;
/** A key signs for this long. */
const periodMs = 90 * dayMs;
/** The next one is published before it signs, so that nobody meets a signature whose key set it has in its cache. */
const leadMs = 2 * dayMs;
/** Old ones stay published for as long as an entitlement may be valid: a year's, and its grace. */
const publishedPeriods = 5;

/**
 * The rotating keys of entitlements. Time is cut into periods, each with a key of its own whose name is the period's
 * number: whoever needs it first makes it, and all processes agree without talking.
 */
export class EntitlementKeys {
  readonly #opened = new Map<number, SigningKey>();

  constructor(
    private readonly dataDir: string,
    private readonly clock: Clock,
  ) {}

  /** The key that signs now. */
  current(): Promise<SigningKey> {
    return this.#open(periodAt(this.clock.nowMs()));
  }

  /** Every key that a signature in use may be of, the newest first, and soon the next one. */
  async published(): Promise<readonly PublicJwk[]> {
    const nowMs = this.clock.nowMs();
    const current = periodAt(nowMs);
    const next = periodAt(nowMs + leadMs);
    const older = Array.from({ length: publishedPeriods }, (_, index) => current - 1 - index);
    const keys = [
      ...(next > current ? [await this.#open(next)] : []),
      await this.#open(current),
      ...(await Promise.all(older.map((period) => this.#find(period)))),
    ];
    return keys.flatMap((key) => (key === undefined ? [] : [key.publicJwk]));
  }

  async #open(period: number): Promise<SigningKey> {
    const key = this.#opened.get(period) ?? (await openSigningKey(this.dataDir, purposeOf(period)));
    this.#opened.set(period, key);
    return key;
  }

  async #find(period: number): Promise<SigningKey | undefined> {
    const key = this.#opened.get(period) ?? (await findSigningKey(this.dataDir, purposeOf(period)));
    if (key !== undefined) this.#opened.set(period, key);
    return key;
  }
}

const periodAt = (nowMs: number): number => Math.floor(nowMs / periodMs);
const purposeOf = (period: number): KeyPurpose => `entitlements-${period}`;
