import { accountingPeriodsStream } from '#accounting';
import type { RecordedEvent } from '#event-store';
import {
  decodeEvent,
  describeCreditEntry,
  evolve,
  licenseStreamPrefix,
  planStreamPrefix,
  propagationStreamPrefix,
  type LicenseState,
} from '#license';
import type { Fold, FoldFailure, Queryable } from '#projection-engine';
import { AuditProjection } from '../audit/audit.projection.js';
import { isAuditedAlone } from '../audit/audited-streams.js';
import { CreditLedgerProjection } from '../credit-ledger/credit-ledger.projection.js';
import { OpenGrantsProjection } from '../credit-ledger/open-grants.projection.js';
import { InvoicesProjection } from '../invoices/invoices.projection.js';
import { JournalProjection } from '../journal/journal.projection.js';
import type { PeriodBook } from '../journal/period-book.js';
import { PeriodsProjection } from '../journal/periods.projection.js';
import { LicensesProjection } from '../licenses/licenses.projection.js';
import { NextInvoicesProjection, repriceNextInvoices } from '../next-invoices/next-invoices.projection.js';
import { PlansProjection, type PlanBook } from '../plans/plans.projection.js';
import { PropagationProjection } from '../propagation/propagation.projection.js';
import { SeatUseProjection } from '../seat-use/seat-use.projection.js';
import { StaffProjection } from '../staff/staff.projection.js';
import type { FoldedLicense, View } from './view.js';

/** What a batch starts from, and where what it comes to is kept once it is written. */
export interface LedgerMemory {
  license(licenseId: string): FoldedLicense | undefined;
  readonly plans: PlanBook;
  readonly periods: PeriodBook;
  /** The changes of earlier batches among those that this one tells the outcome of. */
  readonly changes: ReadonlySet<string>;
  keep(licenses: ReadonlyMap<string, FoldedLicense>, plans: PlanBook, periods: PeriodBook): void;
}

/** One batch, folded by the license's own functions and handed to every view. */
export class LedgerFold implements Fold {
  readonly failures: FoldFailure[] = [];
  readonly #failed = new Set<string>();
  readonly #folded = new Map<string, FoldedLicense>();
  readonly #plans: PlansProjection;
  readonly #periods: PeriodsProjection;
  readonly #propagations: PropagationProjection;
  readonly #audit = new AuditProjection();
  readonly #views: readonly View[];

  constructor(
    events: readonly RecordedEvent[],
    private readonly memory: LedgerMemory,
    private readonly schema: string,
  ) {
    this.#plans = new PlansProjection(memory.plans);
    this.#periods = new PeriodsProjection(memory.periods);
    this.#propagations = new PropagationProjection(memory.changes);
    this.#views = [
      new LicensesProjection(),
      new StaffProjection(),
      new NextInvoicesProjection(),
      new InvoicesProjection(),
      new CreditLedgerProjection(),
      new OpenGrantsProjection(),
      new SeatUseProjection(),
      new JournalProjection(this.#periods),
      this.#propagations,
    ];
    const firstOf = new Map<string, RecordedEvent>();
    for (const event of events) {
      if (!firstOf.has(event.stream)) firstOf.set(event.stream, event);
      this.#attempt(event, () => this.#take(event));
    }
    for (const [licenseId, license] of this.#folded) {
      const first = firstOf.get(licenseStreamPrefix + licenseId);
      if (first) this.#attempt(first, () => this.#settle(license));
    }
  }

  /** A license as this fold leaves it, if it touches it. */
  license(licenseId: string): FoldedLicense | undefined {
    return this.#folded.get(licenseId);
  }

  /** Whether a change of an entitlement is among its events. */
  opens(changeId: string): boolean {
    return this.#propagations.opens(changeId);
  }

  get plans(): PlanBook {
    return this.#plans.plans;
  }

  get periods(): PeriodBook {
    return this.#periods.book;
  }

  async write(transaction: Queryable): Promise<void> {
    await this.#plans.write(transaction, this.schema);
    for (const view of this.#views) await view.write(transaction, this.schema);
    await this.#audit.write(transaction, this.schema);
    await this.#periods.write(transaction, this.schema);
    for (const planId of this.#plans.defined) {
      await repriceNextInvoices(transaction, this.schema, planId, this.plans.catalogue);
    }
  }

  keep(): void {
    this.memory.keep(this.#folded, this.plans, this.periods);
  }

  #attempt(event: RecordedEvent, work: () => void): void {
    if (this.#failed.has(event.stream)) return;
    try {
      work();
    } catch (error) {
      this.#failed.add(event.stream);
      this.failures.push({ event, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #take(recorded: RecordedEvent): void {
    if (recorded.stream.startsWith(planStreamPrefix)) this.#plans.apply(recorded);
    else if (recorded.stream.startsWith(propagationStreamPrefix)) this.#propagations.applyOutcome(recorded);
    else if (recorded.stream.startsWith(accountingPeriodsStream)) this.#periods.apply(recorded);
    else if (!isAuditedAlone(recorded.stream)) this.#takeLicenseEvent(recorded);
    this.#audit.apply(recorded);
  }

  #takeLicenseEvent(recorded: RecordedEvent): void {
    const licenseId = recorded.stream.slice(licenseStreamPrefix.length);
    const before = this.#folded.get(licenseId) ?? this.memory.license(licenseId);
    const revision = Number(recorded.revision);
    const next = before ? before.revision + 1 : 0;
    // Projected before: the log was read again from an older place.
    if (revision < next) return;
    if (revision > next) throw new Error(`revision ${next} is missing: no figure is computed on a gap`);
    const { type, data, metadata } = recorded;
    const event = decodeEvent({ type, version: metadata.schemaVersion, data });
    const state = withoutRoster(evolve(before?.state ?? null, event));
    if (state.licenseId !== licenseId) throw new Error(`the stream holds the license ${state.licenseId}`);
    const { id, stream, recordedAt } = recorded;
    const place = { id, stream, revision, recordedAt: recordedAt.toISOString() };
    const previousHash = before?.creditHash ?? null;
    const creditEntry = describeCreditEntry(licenseId, event, place, previousHash);
    this.#folded.set(licenseId, { state, revision, creditHash: creditEntry?.hash ?? previousHash });
    for (const view of this.#views) view.apply?.({ event, recorded, revision, state, creditEntry });
  }

  #settle(license: FoldedLicense): void {
    for (const view of this.#views) view.settle?.(license, this.plans.catalogue);
  }
}

const noStaff: LicenseState['staff'] = Object.freeze({});

/** The staff have a table of their own; a license with thousands would make its row heavy. */
function withoutRoster(state: LicenseState): LicenseState {
  return state.staff === noStaff ? state : { ...state, staff: noStaff };
}
