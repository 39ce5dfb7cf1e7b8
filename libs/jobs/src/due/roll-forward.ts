import { HttpStatus, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Instant } from '#calendar';
import { LicenseCommands, systemOrigin } from '#commands';
import { OwnWrites, ProblemException, ReadModelPosition } from '#http';
import { DueLicenses, type DueLicense } from './due-licenses.js';
import { inParallel } from './in-parallel.js';

/** What rolling licenses forward came to. */
export interface Rolled {
  /** Licenses for which something was recorded. */
  readonly licenses: number;
  readonly invoices: number;
  /** Licenses that could not be rolled forward; the next run tries them again. */
  readonly failed: number;
}

const pageSize = 500;
const concurrency = 32;
/** Each pass sees what was registered during the one before; more than a few mean that something never gets done. */
const passesMax = 10;
const projectionTimeoutMs = 60_000;

/** Rolls licenses forward that are due: the one thing that a scheduler does, for the licenses themselves know what. */
@Injectable()
export class RollForward {
  private readonly logger = new Logger(RollForward.name);
  readonly #reported = new LRUCache<string, string>({ max: 10_000 });

  constructor(
    private readonly due: DueLicenses,
    private readonly licenses: LicenseCommands,
    private readonly readModel: ReadModelPosition,
    private readonly ownWrites: OwnWrites,
  ) {}

  /** One pass over what the read model knows to be due at `until`. */
  async pass(until: Instant, correlationId: string): Promise<Rolled> {
    const total = { licenses: 0, invoices: 0, failed: 0 };
    let after: DueLicense | undefined;
    for (;;) {
      const page = await this.due.find(until, pageSize, after);
      await inParallel(page, concurrency, async ({ licenseId }) => {
        const rolled = await this.#rollOne(licenseId, correlationId);
        if (rolled === null) total.failed++;
        else if (rolled.length > 0) total.licenses++;
        total.invoices += rolled?.filter((type) => type === 'InvoiceIssued').length ?? 0;
      });
      after = page.at(-1);
      if (page.length < pageSize) return total;
    }
  }

  /**
   * Rolls everything forward that is due at `until`, and waits until the read model shows it.
   * @throws ProblemException `read-model-behind` when that takes too long
   */
  async completely(until: Instant, correlationId: string): Promise<Rolled> {
    let total: Rolled = { licenses: 0, invoices: 0, failed: 0 };
    for (let pass = 0; pass < passesMax; pass++) {
      await this.#projected();
      const { licenses, invoices, failed } = await this.pass(until, correlationId);
      total = { licenses: total.licenses + licenses, invoices: total.invoices + invoices, failed };
      if (licenses === 0) break;
    }
    return total;
  }

  async #projected(): Promise<void> {
    const written = this.ownWrites.last();
    if (written === undefined || (await this.readModel.waitFor(written, projectionTimeoutMs))) return;
    throw new ProblemException('read-model-behind', 'What fell due is recorded, but not projected yet. Try again.');
  }

  async #rollOne(licenseId: string, correlationId: string): Promise<readonly string[] | null> {
    try {
      const outcome = await this.licenses.execute(licenseId, systemOrigin(correlationId), { type: 'RollForward' });
      this.ownWrites.record(outcome.position);
      this.#reported.delete(licenseId);
      return outcome.rolled.map(({ type }) => type);
    } catch (error) {
      if (isOutage(error)) throw error;
      this.#report(licenseId, error);
      return null;
    }
  }

  /** Once for each reason, though every pass comes by again. */
  #report(licenseId: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#reported.get(licenseId) === reason) return;
    this.#reported.set(licenseId, reason);
    this.logger.error(`License ${licenseId} could not be rolled forward, and is tried again and again: ${reason}`);
  }
}

/** Nothing that is about one license: the others would fail as well. */
function isOutage(error: unknown): boolean {
  return error instanceof ProblemException && error.getStatus() === HttpStatus.SERVICE_UNAVAILABLE;
}
