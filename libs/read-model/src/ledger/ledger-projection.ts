import { accountingPeriodsStream } from '#accounting';
import type { RecordedEvent } from '#event-store';
import { LRUCache } from 'lru-cache';
import { licenseStreamPrefix, planStreamPrefix, propagationStreamPrefix } from '#license';
import type { Fold, Projection, Queryable } from '#projection-engine';
import { auditedAlone } from '../audit/audited-streams.js';
import { loadPeriodBook, type PeriodBook } from '../journal/period-book.js';
import { loadFolded } from '../licenses/folded-licenses.js';
import { knownChanges } from '../propagation/propagation.projection.js';
import { loadPlanBook, type PlanBook } from '../plans/plans.projection.js';
import { LedgerFold } from './ledger-fold.js';
import type { FoldedLicense } from './view.js';

/** Raised whenever the rows change their meaning; the new ones are then filled beside the old. */
export const ledgerVersion = 5;

/** Under which its checkpoint is kept. */
export const ledgerProjectionName = 'ledger';

/** The schema that the rows of a version are in. */
export const ledgerSchema = `ledger_v${ledgerVersion}`;

/** The streams that the rows are folded from. */
export const projectedPrefixes = [
  licenseStreamPrefix,
  planStreamPrefix,
  propagationStreamPrefix,
  accountingPeriodsStream,
  ...auditedAlone,
];

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All views of the ledger: they are folded from the same states, written together and equally far. */
export class LedgerProjection implements Projection {
  readonly name = ledgerProjectionName;
  readonly version = ledgerVersion;
  readonly prefixes = projectedPrefixes;
  readonly #licenses: LRUCache<string, FoldedLicense>;
  #plans: PlanBook | null = null;
  #periods: PeriodBook | null = null;

  /** @param licensesInMemory the states that are kept so that they need not be read again */
  constructor(
    readonly schema: string = ledgerSchema,
    licensesInMemory = 10_000,
  ) {
    this.#licenses = new LRUCache({ max: licensesInMemory });
  }

  async fold(events: readonly RecordedEvent[], db: Queryable, before: Fold | null): Promise<Fold> {
    const unwritten = before instanceof LedgerFold ? before : null;
    const known = await this.#licensesOf(events, unwritten, db);
    const plans = unwritten?.plans ?? (this.#plans ??= await loadPlanBook(db, this.schema));
    const periods = unwritten?.periods ?? (this.#periods ??= await loadPeriodBook(db, this.schema));
    return new LedgerFold(
      events,
      {
        license: (licenseId) => known.get(licenseId),
        plans,
        periods,
        changes: await this.#changesOf(events, unwritten, db),
        keep: (licenses, newPlans, newPeriods) => {
          for (const [licenseId, license] of licenses) this.#licenses.set(licenseId, license);
          this.#plans = newPlans;
          this.#periods = newPeriods;
        },
      },
      this.schema,
    );
  }

  forget(): void {
    this.#licenses.clear();
    this.#plans = null;
    this.#periods = null;
  }

  /** Those whose outcome is told, as far as they were opened before. */
  async #changesOf(
    events: readonly RecordedEvent[],
    unwritten: LedgerFold | null,
    db: Queryable,
  ): Promise<ReadonlySet<string>> {
    const told = changesIn(events);
    const opened = told.filter((changeId) => unwritten?.opens(changeId) === true);
    const written = await knownChanges(db, this.schema, told);
    return new Set([...opened, ...written]);
  }

  async #licensesOf(
    events: readonly RecordedEvent[],
    unwritten: LedgerFold | null,
    db: Queryable,
  ): Promise<Map<string, FoldedLicense>> {
    const known = new Map<string, FoldedLicense>();
    const missing = new Set<string>();
    for (const { stream } of events) {
      if (!stream.startsWith(licenseStreamPrefix)) continue;
      const licenseId = stream.slice(licenseStreamPrefix.length);
      if (known.has(licenseId) || missing.has(licenseId)) continue;
      const license = unwritten?.license(licenseId) ?? this.#licenses.get(licenseId);
      if (license) known.set(licenseId, license);
      // Another name of a stream is no license's: its first event will be refused.
      else if (uuid.test(licenseId)) missing.add(licenseId);
    }
    for (const [licenseId, license] of await loadFolded(db, this.schema, [...missing])) known.set(licenseId, license);
    return known;
  }
}

function changesIn(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ stream }) => {
    const changeId = stream.startsWith(propagationStreamPrefix) ? stream.slice(propagationStreamPrefix.length) : '';
    return uuid.test(changeId) ? [changeId] : [];
  });
}
