import type { BillingInterval } from '#calendar';
import type { LicenseEvent, LicenseEventData } from '../events.js';
import type { RecordedFact } from '../recorded-fact.js';
import type { GrantStory } from './grant-stories.js';
import { GrantStories } from './grant-stories.js';

/** A fact whose event is of type `T`. */
export type FactOf<T extends LicenseEvent['type']> = Omit<RecordedFact, 'event'> & {
  readonly event: LicenseEvent<T>;
};

/** What of a license's history an invoice is explained by. */
export interface InvoiceStory {
  readonly licenseId: string;
  readonly domain: string;
  readonly timeZone: string;
  readonly interval: BillingInterval;
  readonly issued: FactOf<'InvoiceIssued'>;
  /** The invoice before; null for the first. */
  readonly before: LicenseEventData['InvoiceIssued'] | null;
  /** Since the invoice before. */
  readonly seatChanges: readonly FactOf<'SeatsIncreased' | 'SeatsReduced'>[];
  readonly planChange: FactOf<'PlanChanged'> | null;
  readonly reactivated: FactOf<'LicenseReactivated'> | null;
  /** Those that the invoice used, oldest first. */
  readonly grants: readonly GrantStory[];
  readonly payments: readonly FactOf<'InvoicePaid'>[];
  readonly extensions: readonly FactOf<'LicenseExtended'>[];
}

/**
 * Gathers an invoice's story from the events of its license, from the first one on.
 *
 * @returns null when the events have no invoice of that number
 */
export async function invoiceStory(
  facts: AsyncIterable<RecordedFact> | Iterable<RecordedFact>,
  invoiceNumber: string,
): Promise<InvoiceStory | null> {
  const teller = new Teller(invoiceNumber);
  for await (const fact of facts) teller.take(fact);
  return teller.story;
}

class Teller {
  #registered: LicenseEventData['LicenseRegistered'] | null = null;
  #before: LicenseEventData['InvoiceIssued'] | null = null;
  #since: RecordedFact[] = [];
  #issued: Pick<InvoiceStory, 'issued' | 'before' | 'seatChanges' | 'planChange' | 'reactivated' | 'grants'> | null =
    null;
  readonly #grants = new GrantStories();
  readonly #payments: FactOf<'InvoicePaid'>[] = [];
  readonly #extensions: FactOf<'LicenseExtended'>[] = [];

  constructor(private readonly invoiceNumber: string) {}

  get story(): InvoiceStory | null {
    if (this.#registered === null || this.#issued === null) return null;
    const { licenseId, domain, timeZone, interval } = this.#registered;
    const [payments, extensions] = [this.#payments, this.#extensions];
    return { licenseId, domain, timeZone, interval, ...this.#issued, payments, extensions };
  }

  take(fact: RecordedFact): void {
    const { event } = fact;
    if (event.type === 'LicenseRegistered') this.#registered = event.data;
    if (this.#issued !== null) return this.#follow(fact);
    if (isOf(fact, 'InvoiceIssued')) this.#issue(fact);
    else this.#since.push(fact);
    this.#grants.take(fact);
  }

  #issue(fact: FactOf<'InvoiceIssued'>): void {
    const { data } = fact.event;
    if (data.invoiceNumber === this.invoiceNumber) {
      const seatChanges = this.#since.filter((each) => isOf(each, 'SeatsIncreased') || isOf(each, 'SeatsReduced'));
      this.#issued = {
        issued: fact,
        before: this.#before,
        seatChanges: seatChanges,
        planChange: this.#since.findLast((each) => isOf(each, 'PlanChanged')) ?? null,
        reactivated: this.#since.findLast((each) => isOf(each, 'LicenseReactivated')) ?? null,
        grants: data.grantsUsed.map(({ entryNumber }) => this.#grants.of(entryNumber)),
      };
    }
    this.#before = data;
    this.#since = [];
  }

  /** What became of the invoice after it was issued. */
  #follow(fact: RecordedFact): void {
    if (isOf(fact, 'InvoicePaid') && fact.event.data.invoiceNumber === this.invoiceNumber) this.#payments.push(fact);
    if (isOf(fact, 'LicenseExtended') && fact.event.data.invoiceNumber === this.invoiceNumber)
      this.#extensions.push(fact);
  }
}

function isOf<T extends LicenseEvent['type']>(fact: RecordedFact | FactOf<T>, type: T): fact is FactOf<T> {
  return fact.event.type === type;
}
