import { createHash } from 'node:crypto';
import type { Month } from '#contracts';
import type { Queryable } from '#projection-engine';
import { licenseTableNames, licenseTables, type Row } from '../books/rows.js';
import type { LicenseBooks } from '../books/license-books.js';
import { checkLicense, type CommonBooks } from './check-license.js';
import { checkCommon } from './check-common.js';
import { checkPolicyTotals, checkTotals, monthsOfTotals } from './check-totals.js';
import { compareRows } from './compare-rows.js';
import type { EventPlace, Finding, Report } from './finding.js';
import type { LedgerLog } from './ledger-log.js';
import { isClosingParked, isParked, isPlanParked, type Parked } from './parked.js';
import { isBefore, type Place } from './place.js';
import { commonRows, firstLicense, rowsOfRange, type LicenseTables, type RangeRows } from './rows-of-range.js';
import { SortedLog } from './sorted-log.js';

export interface VerifyOptions {
  readonly log: LedgerLog;
  readonly db: Queryable;
  /** The schema of the read model that is held against the log. */
  readonly schema: string;
  readonly report: Report;
  readonly progress?: (progress: Progress) => void;
  /** Where the log is sorted by license; default the system's temporary folder. */
  readonly temporaryFolder?: string | undefined;
  /** How many events are in memory at once, unless one license alone has more. Default 5,000. */
  readonly eventsAtOnce?: number;
}

export interface Progress {
  readonly events: number;
  readonly licenses: number;
}

export interface Verified extends Progress {
  readonly findings: number;
  /** The checkpoint up to which the last rows were compared. */
  readonly upTo: Place;
  /** As of an export of the whole credit ledger at that place. */
  readonly creditFingerprint: string;
}

/**
 * Recomputes the ledger from its events, and holds every row of the read model against what comes out, each range of
 * licenses as it stood at one checkpoint: so it runs beside a ledger that goes on.
 */
export async function verifyLedger(options: VerifyOptions): Promise<Verified> {
  const log = SortedLog.open(options.log, options.temporaryFolder);
  try {
    return await new Verification(options, log).run();
  } finally {
    await log.close();
  }
}

class Verification {
  readonly #fingerprint = createHash('sha256');
  /** Of the books, as far as they have entries. */
  readonly #months = new Set<Month>();
  #licenses = 0;
  #findings = 0;

  constructor(
    private readonly options: VerifyOptions,
    private readonly log: SortedLog,
  ) {}

  async run(): Promise<Verified> {
    const { db, schema } = this.options;
    const { checkpoint } = await commonRows(db, schema);
    await this.#checkCheckpoint(checkpoint);
    await this.#readUpTo(checkpoint);
    for (let from: string | null = firstLicense; from !== null;) from = await this.#checkRange(from);
    for (const month of new Set([...this.#months, ...(await monthsOfTotals(db, schema))])) {
      (await checkTotals(db, schema, month)).forEach(this.#report);
    }
    (await checkPolicyTotals(db, schema)).forEach(this.#report);
    const last = await commonRows(db, schema);
    await this.#readUpTo(last.checkpoint);
    checkCommon(this.#common(last.checkpoint, last.parked), last).forEach(this.#report);
    return {
      events: this.log.events,
      licenses: this.#licenses,
      findings: this.#findings,
      upTo: last.checkpoint,
      creditFingerprint: this.#fingerprint.digest('hex'),
    };
  }

  readonly #report = (finding: Finding): void => {
    this.#findings += 1;
    this.options.report(finding);
  };

  readonly #tellProgress = (): void => {
    this.options.progress?.({ events: this.log.events, licenses: this.#licenses });
  };

  #readUpTo(checkpoint: Place): Promise<void> {
    return this.log.readUpTo(checkpoint, this.#tellProgress);
  }

  async #checkCheckpoint(checkpoint: Place): Promise<void> {
    const end = await this.log.lastPosition();
    if (checkpoint === 'start' || !isBefore(end, checkpoint)) return;
    this.#report({
      ...{ subject: 'checkpoint', license: null, figure: 'projection_checkpoints.commit_position', event: null },
      expected: `${end.commit} at most, where the log ends`,
      found: String(checkpoint.commit),
    });
  }

  /** Checks some licenses and answers where to go on. */
  async #checkRange(from: string): Promise<string | null> {
    const { db, schema, eventsAtOnce = 5_000 } = this.options;
    const before = this.log.endOfRange(from, eventsAtOnce);
    const rows = await rowsOfRange(db, schema, { from, before });
    await this.#readUpTo(rows.checkpoint);
    for (const licenseId of this.log.licenses(from)) {
      if (before !== null && licenseId >= before) break;
      await this.#checkOne(licenseId, rows);
    }
    for (const [licenseId, found] of rows.licenses) this.#compare(licenseId, {}, found, () => null);
    return before;
  }

  async #checkOne(licenseId: string, { checkpoint, parked, licenses }: RangeRows): Promise<void> {
    const events = this.log.eventsOf(licenseId, checkpoint).filter((event) => !isParked(event, parked));
    const common = this.#common(checkpoint, parked);
    const { plans } = common;
    const books = await checkLicense({ licenseId, events }, common, this.#report, (last) => this.log.rest(last));
    const catalogue = checkpoint === 'start' ? new Map() : plans.at(checkpoint, (plan) => isPlanParked(plan, parked));
    const found = licenses.get(licenseId) ?? {};
    licenses.delete(licenseId);
    this.#licenses += 1;
    this.#seal(licenseId, books);
    const expected: LicenseTables = books.rows(catalogue) ?? {};
    for (const { month } of expected.journal_entries ?? []) this.#months.add(month as Month);
    this.#compare(books.account?.state.domain ?? licenseId, expected, found, (row) => books.eventOf(row));
    this.#tellProgress();
  }

  /** The plans, and the months that were closed by a checkpoint. */
  #common(checkpoint: Place, parked: Parked): CommonBooks {
    const { plans, closings } = this.log;
    const projected = closings.where(
      (closing) => !isBefore(checkpoint, closing.position) && !isClosingParked(closing, parked),
    );
    return { plans, closings: projected };
  }

  #seal(licenseId: string, { creditHead }: LicenseBooks): void {
    if (creditHead) this.#fingerprint.update(`${licenseId} ${creditHead.ordinal} ${creditHead.hash}\n`);
  }

  #compare(license: string, expected: LicenseTables, found: LicenseTables, eventOf: (row: Row) => EventPlace | null) {
    for (const table of licenseTableNames) {
      const { key } = licenseTables[table];
      const rows = { table, key, expected: expected[table] ?? [], found: found[table] ?? [] };
      compareRows(rows, license, eventOf).forEach(this.#report);
    }
  }
}
