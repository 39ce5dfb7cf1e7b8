import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { Settings } from '#platform';
import { operationsSchema } from '#read-model';

const table = `${operationsSchema}.push_leases`;
/** A call is given up after its time limit; the rest is for what is done before and after it. */
const marginMs = 5_000;

export interface Lease {
  /** Whether a call that begins now is over before the lease is: else another worker's may overtake it. */
  isLongEnough(): boolean;
  /** Gives it back. Never throws: one that could not be given back ends by itself. */
  release(): Promise<void>;
}

/**
 * Lets one worker push to a license's instance at a time, wherever it runs, so that no older revision is sent after a
 * newer one. Kept in the database and not with the jobs, for Redis may be emptied at any moment. By the database's own
 * clock: a lease is about processes, not about the ledger's time.
 */
@Injectable()
export class PushLeases {
  private readonly logger = new Logger(PushLeases.name);
  readonly #durationMs: number;

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    settings: Settings,
  ) {
    this.#durationMs = settings.callbackTimeoutMs + marginMs;
  }

  /** Null while another worker holds it. */
  async acquire(licenseId: string): Promise<Lease | null> {
    const holder = randomUUID();
    const askedAtMs = performance.now();
    const { rowCount } = await this.pool.query(
      `INSERT INTO ${table} AS kept (license_id, holder, until)
       VALUES ($1, $2, now() + $3 * interval '1 millisecond')
       ON CONFLICT (license_id) DO UPDATE SET holder = excluded.holder, until = excluded.until
       WHERE kept.until < now()`,
      [licenseId, holder, this.#durationMs],
    );
    if (rowCount !== 1) return null;
    return {
      isLongEnough: () => performance.now() - askedAtMs < marginMs,
      release: () => this.#release(licenseId, holder),
    };
  }

  async #release(licenseId: string, holder: string): Promise<void> {
    const sql = `DELETE FROM ${table} WHERE license_id = $1 AND holder = $2`;
    await this.pool.query(sql, [licenseId, holder]).catch((error: unknown) => {
      this.logger.warn(`A push lease ends by itself, as it could not be given back: ${String(error)}`);
    });
  }
}
