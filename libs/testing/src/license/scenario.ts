import { addDays, isLocalDate, startOfDay, type BillingInterval, type Instant } from '#calendar';
import {
  decide,
  evolveAll,
  type Catalogue,
  type Decision,
  type LicenseCommand,
  type LicenseEvent,
  type LicenseEventData,
  type LicenseEventType,
  type LicenseState,
  type PlanEdition,
  type Refusal,
} from '#license';

/** A catalogue with one price list per plan, on offer since long ago. */
export function aCatalogue(
  unitPriceMinor: number,
  { currency = 'USD', interval = 'month', ...plans }: CatalogueOptions = {},
): Catalogue {
  const edition = (name: string, amountMinor: number): PlanEdition => ({
    effectiveAt: '2000-01-01T00:00:00.000Z',
    name,
    prices: [{ currency, interval, amountMinor }],
  });
  return new Map([
    ['team', [edition('Team', unitPriceMinor)]],
    ['pro', [edition('Pro', plans.proPriceMinor ?? unitPriceMinor * 2)]],
  ]);
}

interface CatalogueOptions {
  readonly currency?: string;
  readonly interval?: BillingInterval;
  readonly proPriceMinor?: number;
}

/** Moves money, seats or standing through the decider alone: given what happened, when a command comes, then these events. */
export class Scenario {
  readonly events: LicenseEvent[] = [];
  private current: LicenseState | null = null;
  private moment: Instant = '2026-06-01T00:00:00.000Z';
  private last: Decision = { rolled: [], accepted: [] };

  constructor(public catalogue: Catalogue) {}

  /** A license of 60 seats at 10.00 USD a month that starts on 2026-06-01, unless said otherwise. */
  static license(terms: Partial<LicenseCommand<'RegisterLicense'>> & { unitPriceMinor?: number } = {}): Scenario {
    const { unitPriceMinor = 1000, currency = 'USD', interval = 'month', ...rest } = terms;
    const scenario = new Scenario(aCatalogue(unitPriceMinor, { currency, interval }));
    const timeZone = rest.timeZone ?? 'UTC';
    const startedOn = rest.startedOn ?? '2026-06-01';
    return scenario.at(startOfDay(startedOn, timeZone)).when({
      type: 'RegisterLicense',
      domain: 'acme.example',
      billingEmail: 'billing@acme.example',
      planId: 'team',
      seats: 60,
      currency,
      interval,
      timeZone,
      startedOn,
      ...rest,
    });
  }

  /** Sets the clock: a local date means nine in the morning, UTC. */
  at(moment: string): this {
    this.moment = isLocalDate(moment) ? `${moment}T09:00:00.000Z` : moment;
    return this;
  }

  when(command: LicenseCommand): this {
    this.last = decide(command, this.current, { now: this.moment, catalogue: this.catalogue });
    const written = [...this.last.rolled, ...('accepted' in this.last ? this.last.accepted : [])];
    this.events.push(...written);
    this.current = evolveAll(this.current, written);
    return this;
  }

  /** Pays whatever is open, so that time can pass without the license expiring. */
  payAll(): this {
    this.when({ type: 'RollForward' });
    for (const { invoiceNumber, openMinor: amountMinor } of this.state.openInvoices) {
      const payment = { invoiceNumber, amountMinor, currency: this.state.currency, method: 'card', reference: 'test' };
      this.when({ type: 'RecordPayment', ...payment });
    }
    return this;
  }

  /** Adds active staff `s1` … `s<count>`. */
  addStaff(count: number): this {
    for (let n = 1; n <= count; n += 1) {
      const staffId = `s${n}`;
      const person = { email: `${staffId}@acme.example`, name: `Agent ${n}` };
      this.when({ type: 'AddStaff', staffId, person, role: 'agent' });
    }
    return this;
  }

  get now(): Instant {
    return this.moment;
  }

  get decision(): Decision {
    return this.last;
  }

  get state(): LicenseState {
    if (this.current === null) throw new Error('nothing was registered');
    return this.current;
  }

  /** The refusal of the last command, or `null` when it was accepted. */
  get refusal(): Refusal | null {
    return 'refusal' in this.last ? this.last.refusal : null;
  }

  /** The types of the events that the last command led to, what was due before it included. */
  get lastTypes(): LicenseEventType[] {
    return [...this.last.rolled, ...('accepted' in this.last ? this.last.accepted : [])].map((event) => event.type);
  }

  all<T extends LicenseEventType>(type: T): LicenseEventData[T][] {
    return this.events.filter((event) => event.type === type).map((event) => event.data as LicenseEventData[T]);
  }

  /** The data of the newest event of a type. */
  latest<T extends LicenseEventType>(type: T): LicenseEventData[T] {
    const data = this.all(type).at(-1);
    if (data === undefined) throw new Error(`there is no ${type}`);
    return data;
  }

  /** Rolls forward to the first moment of the cycle after the present one, everything paid. */
  nextCycle(): this {
    const endsOn = this.state.paid?.cycle.endsOn ?? addDays(this.state.startedOn, 1);
    return this.payAll().at(startOfDay(endsOn, this.state.timeZone)).when({ type: 'RollForward' });
  }
}
