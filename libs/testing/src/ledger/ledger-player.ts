import fc from 'fast-check';
import { v5 as uuidV5 } from 'uuid';
import {
  accountingPeriodsStream,
  decodePeriodEvent,
  encodePeriodEvent,
  evolvePeriods,
  monthAfter,
  startOfMonth,
  type ClosedThrough,
  type PeriodEvent,
} from '#accounting';
import { addHours, startOfDay, type Instant } from '#calendar';
import type { Month } from '#contracts';
import { Repository, type Aggregate, type EventStore } from '#event-store';
import {
  decide,
  decodeEvent,
  decodePropagationEvent,
  encodeEvent,
  encodePropagationEvent,
  entitlementChange,
  evolve,
  evolvePlan,
  evolvePropagation,
  licenseIdOf,
  licenseStream,
  missDeadline,
  planStream,
  propagationStream,
  settleChange,
  type EntitlementChange,
  type LicenseCommand,
  type LicenseEvent,
  type LicenseHistory,
  type LicenseState,
  type PlanEdition,
  type PlanEvent,
  type PropagationEvent,
  type PropagationStatus,
} from '#license';
import { histories } from '../license/histories.js';

const licenses: Aggregate<LicenseHistory, LicenseEvent> = {
  initial: null,
  evolve,
  codec: { encode: encodeEvent, decode: decodeEvent },
};
const plans: Aggregate<readonly PlanEdition[], PlanEvent> = {
  initial: [],
  evolve: evolvePlan,
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ type, data }) => ({ type, data }) as PlanEvent,
  },
};
const propagations: Aggregate<PropagationStatus, PropagationEvent> = {
  initial: 'pending',
  evolve: evolvePropagation,
  codec: { encode: encodePropagationEvent, decode: decodePropagationEvent },
};

const periods: Aggregate<ClosedThrough, PeriodEvent> = {
  initial: null,
  evolve: evolvePeriods,
  codec: { encode: encodePeriodEvent, decode: decodePeriodEvent },
};

const namespace = '9b1deb4d-3b7d-5bad-9bdd-2b0d7b3dcb6d';
const actor = { id: 'player', role: 'admin' };

/** What somebody asks of a license, and when. */
interface Move {
  readonly domain: string;
  readonly at: Instant;
  readonly command: LicenseCommand | { readonly type: 'PayAll' };
}

/** Plays customers on a real event store as the ledger itself records them, at whatever moments they are said to act. */
export class LedgerPlayer {
  readonly #licenses: Repository<LicenseHistory, LicenseEvent>;
  readonly #plans: Repository<readonly PlanEdition[], PlanEvent>;
  readonly #propagations: Repository<PropagationStatus, PropagationEvent>;
  readonly #periods: Repository<ClosedThrough, PeriodEvent>;
  readonly #catalogue = new Map<string, readonly PlanEdition[]>();
  #commands = 0;

  constructor(private readonly store: EventStore) {
    this.#licenses = new Repository(store, licenses);
    this.#plans = new Repository(store, plans);
    this.#propagations = new Repository(store, propagations);
    this.#periods = new Repository(store, periods);
  }

  /** Puts an edition of a plan into the catalogue: a price for each currency and interval. */
  async plan(planId: string, effectiveAt: Instant, amountMinor: number): Promise<void> {
    const prices = ['USD', 'EUR'].flatMap((currency) => [
      { currency, interval: 'month' as const, amountMinor },
      { currency, interval: 'year' as const, amountMinor: amountMinor * 10 },
    ]);
    const edition = { effectiveAt, name: planId.toUpperCase(), prices };
    await this.#plans.execute<never>(planStream(planId), this.#request(), () => ({
      rolled: [],
      accepted: [{ type: 'PlanDefined', data: { planId, ...edition } }],
    }));
    this.#catalogue.set(planId, [...(this.#catalogue.get(planId) ?? []), edition]);
  }

  /** Decides a command and records what it brings about; the license after it, null where there is none. */
  async run({ domain, at: now, command }: Move): Promise<LicenseHistory> {
    if (command.type === 'PayAll') return this.#payAll(domain, now);
    const context = { now, catalogue: this.#catalogue };
    const outcome = await this.#licenses.execute(licenseStream(licenseIdOf(domain)), this.#request(), (history) =>
      decide(command, history, context),
    );
    return 'state' in outcome ? outcome.state : null;
  }

  register(domain: string, terms: Partial<LicenseCommand<'RegisterLicense'>> = {}): Promise<LicenseHistory> {
    const { startedOn = '2026-06-01', timeZone = 'UTC', ...rest } = terms;
    const defaults = { billingEmail: `Billing@${domain}`, planId: 'team', seats: 60, currency: 'USD' };
    const interval = 'month';
    const command = { type: 'RegisterLicense' as const, ...defaults, interval, ...rest, domain, startedOn, timeZone };
    return this.run({ domain, at: addHours(startOfDay(startedOn, timeZone), 9), command } as Move);
  }

  /** Closes a month of the books, whichever is next. */
  async close(month: Month): Promise<void> {
    const data = { effectiveAt: startOfMonth(monthAfter(month)), month };
    await this.#periods.execute<never>(accountingPeriodsStream, this.#request(), () => ({
      rolled: [],
      accepted: [{ type: 'AccountingPeriodClosed', data }],
    }));
  }

  /** The instance acknowledges a change, given by its number, some hours after it; late after 24. */
  async acknowledge(domain: string, number: number, afterHours: number): Promise<void> {
    const change = await this.#change(domain, number);
    const now = addHours(change.requestedAt, afterHours);
    const acknowledged = { revision: change.revision, seats: 1 };
    await this.#propagations.execute<never>(propagationStream(change.changeId), this.#request(), (status) => ({
      rolled: [],
      accepted: settleChange(change, status, acknowledged, 'support', now),
    }));
  }

  async missDeadline(domain: string, number: number): Promise<void> {
    const change = await this.#change(domain, number);
    await this.#propagations.execute<never>(propagationStream(change.changeId), this.#request(), (status) => ({
      rolled: [],
      accepted: missDeadline(change, status, 'support', change.deadline),
    }));
  }

  /**
   * Customers by the count, each with a random history of months, everything that can be asked for in it. The same seed
   * plays the same under another name.
   */
  async customers(count: number, seed: number, name = 'customer'): Promise<void> {
    const played = fc.sample(histories({ maxSteps: 25 }), { numRuns: count, seed });
    await inParallel(32, played.entries(), async ([index, { terms, steps }]) => {
      const domain = `${name}-${index}.example`;
      const { startedOn = '2026-06-01', interval, timeZone = 'UTC', seats } = terms;
      await this.register(domain, { startedOn, interval: interval ?? 'month', timeZone, seats: seats ?? 1 });
      let at = addHours(startOfDay(startedOn, timeZone), 9);
      for (const { afterHours, command } of steps) {
        at = addHours(at, afterHours);
        const state = await this.run({ domain, at, command });
        if (index % 3 === 0 && state !== null && state.changes > 0)
          await this.acknowledge(domain, state.changes, index % 40);
      }
    });
  }

  async #payAll(domain: string, at: Instant): Promise<LicenseHistory> {
    let state = await this.run({ domain, at, command: { type: 'RollForward' } });
    for (const { invoiceNumber, openMinor: amountMinor } of state?.openInvoices ?? []) {
      const payment = { invoiceNumber, amountMinor, currency: currencyOf(state), method: 'card', reference: 'paid' };
      state = await this.run({ domain, at, command: { type: 'RecordPayment', ...payment } });
    }
    return state;
  }

  async #change(domain: string, number: number): Promise<EntitlementChange> {
    const licenseId = licenseIdOf(domain);
    let found = 0;
    for (const { event, revision } of await this.#eventsOf(licenseId)) {
      const change = entitlementChange(licenseId, event, revision);
      if (change !== null && (found += 1) === number) return change;
    }
    throw new Error(`${domain} has no change number ${number}`);
  }

  async #eventsOf(licenseId: string): Promise<{ event: LicenseEvent; revision: number }[]> {
    const events: { event: LicenseEvent; revision: number }[] = [];
    for await (const { type, data, metadata, revision } of this.store.readStream(licenseStream(licenseId))) {
      events.push({ event: decodeEvent({ type, version: metadata.schemaVersion, data }), revision: Number(revision) });
    }
    return events;
  }

  #request() {
    this.#commands += 1;
    const commandId = uuidV5(`command ${this.#commands}`, namespace);
    return { commandId, requestHash: '', metadata: { actor, correlationId: commandId } };
  }
}

function currencyOf(state: LicenseHistory): string {
  return (state as LicenseState).currency;
}

async function inParallel<T>(width: number, items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
