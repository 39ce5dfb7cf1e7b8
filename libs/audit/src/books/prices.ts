import type { Instant } from '#calendar';
import { comparePositions, type Position } from '#event-store';
import type { Catalogue, LicenseState, PlanEdition } from '#license';

export interface Price {
  readonly name: string;
  readonly unitPriceMinor: number;
}

/** An edition of a plan, and where it stands in the log. */
export interface PublishedEdition extends PlanEdition {
  readonly planId: string;
  readonly revision: number;
  readonly eventId: string;
  readonly position: Position;
  readonly recordedAtMs: number;
}

/** Where in the log something was decided, and when that was recorded. */
export interface Vantage {
  readonly position: Position;
  readonly recordedAtMs: number;
}

/** An edition this young may not have been seen by who decided: processes read the catalogue anew when they need it. */
const unseenMs = 10_000;

/** Every edition of every plan in the order of the log. There are few of them; they are kept in memory. */
export class PlanHistory {
  readonly #editions: PublishedEdition[] = [];
  readonly #catalogues = new Map<number, Catalogue>();

  add(edition: PublishedEdition): void {
    this.#editions.push(edition);
  }

  get editions(): readonly PublishedEdition[] {
    return this.#editions;
  }

  /** The catalogues that somebody may have decided by: as the log had it, and without what was only just written. */
  seenFrom({ position, recordedAtMs }: Vantage): Catalogue[] {
    const written = this.#countUntil((edition) => comparePositions(edition.position, position) < 0);
    const settled = this.#countUntil((edition) => edition.recordedAtMs < recordedAtMs - unseenMs);
    return [...new Set([written, Math.min(settled, written)])].map((count) => this.#first(count));
  }

  /** The catalogue as it stands at a checkpoint, save the editions that are parked. */
  at(position: Position, isParked: (edition: PublishedEdition) => boolean): Catalogue {
    const count = this.#countUntil((edition) => comparePositions(edition.position, position) <= 0);
    const editions = this.#editions.slice(0, count);
    return editions.some(isParked) ? catalogueOf(editions.filter((edition) => !isParked(edition))) : this.#first(count);
  }

  #countUntil(holds: (edition: PublishedEdition) => boolean): number {
    const index = this.#editions.findIndex((edition) => !holds(edition));
    return index < 0 ? this.#editions.length : index;
  }

  #first(count: number): Catalogue {
    const known = this.#catalogues.get(count);
    if (known !== undefined) return known;
    const catalogue = catalogueOf(this.#editions.slice(0, count));
    this.#catalogues.set(count, catalogue);
    return catalogue;
  }
}

function catalogueOf(editions: readonly PublishedEdition[]): Catalogue {
  const catalogue = new Map<string, PlanEdition[]>();
  for (const { planId, effectiveAt, name, prices } of editions) {
    const plan = catalogue.get(planId) ?? [];
    plan.push({ effectiveAt, name, prices });
    catalogue.set(planId, plan);
  }
  return catalogue;
}

/** What a plan costs at a moment: by the last edition until then with such a price, else by the first that has one. */
export function priceAt(catalogue: Catalogue, planId: string, license: LicenseState, at: Instant): Price | undefined {
  const offers = (catalogue.get(planId) ?? []).flatMap(({ effectiveAt, name, prices }) =>
    prices
      .filter(({ currency, interval }) => currency === license.currency && interval === license.interval)
      .map(({ amountMinor }) => ({ effectiveAt, name, unitPriceMinor: amountMinor })),
  );
  return offers.findLast(({ effectiveAt }) => effectiveAt <= at) ?? offers[0];
}
