import fc from 'fast-check';
import { addDays, localDateAt, type Instant } from '#calendar';
import type { Principal } from '#auth';
import type { CreditEntry, Invoice } from '#contracts';
import type { EventStore, RecordedEvent } from '#event-store';
import {
  decodeEvent,
  describeCreditEntry,
  describeInvoice,
  describeLicense,
  evolveAll,
  evolveInvoice,
  licenseIdOf,
  licenseStream,
  type InvoiceHistory,
  type LicenseCommand,
  type LicenseEvent,
} from '#license';
import { Clock, SystemClock } from '#platform';
import { ledgerSchema, ReadModel } from '#read-model';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';
import { GetInvoice, GetInvoiceHandler } from '../invoices/get-invoice.js';
import { ListInvoices, ListInvoicesHandler } from '../invoices/list-invoices.js';
import { ListCredits, ListCreditsHandler } from '../credit-ledger/list-credits.js';
import { ListLicenseCredits, ListLicenseCreditsHandler } from '../credit-ledger/list-license-credits.js';
import { GetLicense, GetLicenseHandler } from '../licenses/get-license.js';
import type { AsOfRequest } from './as-of.request.dto.js';
import { Moments } from './moments.js';

const admin: Principal = { subject: 'admin', role: 'admin' };
const now = '2028-01-01T00:00:00.000Z';

class LateClock extends Clock {
  override nowMs(): number {
    return Date.parse(now);
  }
}

interface Fact {
  readonly event: LicenseEvent;
  readonly recorded: RecordedEvent;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

describe.each(testDatabases())('the past on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: PlayedLedger;
  let ask: ReturnType<typeof queriesOf>;
  let played = 0;

  beforeAll(async () => {
    database = await open();
    ledger = await PlayedLedger.open(database.connectionString);
    for (const [planId, amount] of [
      ['team', 1_000],
      ['pro', 3_333],
    ] as const) {
      await ledger.player.plan(planId, '2020-01-01T00:00:00.000Z', amount);
    }
    ask = queriesOf(new ReadModel(ledger.pool, ledgerSchema), ledger.store);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const factsOf = async (licenseId: string): Promise<Fact[]> => {
    const facts: Fact[] = [];
    for await (const recorded of ledger.store.readStream(licenseStream(licenseId))) {
      const { type, data, metadata, recordedAt } = recorded;
      const event = decodeEvent({ type, version: metadata.schemaVersion, data });
      facts.push({ event, recorded, effectiveAt: event.data.effectiveAt, recordedAt: recordedAt.toISOString() });
    }
    return facts;
  };

  /** Customers of random histories, projected; each with its events. */
  const customers = async (count: number, seed: number): Promise<{ licenseId: string; facts: Fact[] }[]> => {
    const name = `run-${(played += 1)}`;
    await ledger.player.customers(count, seed, name);
    await ledger.project();
    const licenseIds = Array.from({ length: count }, (_, index) => licenseIdOf(`${name}-${index}.example`));
    return Promise.all(licenseIds.map(async (licenseId) => ({ licenseId, facts: await factsOf(licenseId) })));
  };

  /** Asks for everything at each of the moments, and folds the events that count at it from nothing. */
  async function compare(licenseId: string, facts: readonly Fact[], requests: readonly AsOfRequest[]): Promise<void> {
    for (const request of requests) {
      const { asOf = now, knownAt } = request;
      const counted = facts.filter(
        ({ effectiveAt, recordedAt }) => effectiveAt <= asOf && (knownAt === undefined || recordedAt <= knownAt),
      );
      expect([request, await ask.all(licenseId, request)]).toEqual([
        request,
        counted.length === 0 ? 'not-found' : foldOf(licenseId, counted, asOf),
      ]);
    }
  }

  it('is what a fold of the events that count gives, whatever the history and the moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (seed, picked) => {
        for (const { licenseId, facts } of await customers(3, seed)) {
          await compare(licenseId, facts, momentsOf(facts, picked));
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  it('is the same at every moment of a life with credits, late invoices, an extension and payments in parts', async () => {
    const domain = `eventful-${(played += 1)}.example`;
    const invoiceNumber = (n: number) => `${domain.toUpperCase()}-000${n}`;
    const pay = (n: number, amountMinor: number) => ({
      ...{ type: 'RecordPayment' as const, invoiceNumber: invoiceNumber(n), amountMinor, currency: 'USD' },
      ...{ method: 'card', reference: 'r' },
    });
    await ledger.player.register(domain, { seats: 6, timeZone: 'Pacific/Auckland' });
    const steps: readonly (readonly [Instant, LicenseCommand | { readonly type: 'PayAll' }])[] = [
      ['2026-06-03T09:00:00.000Z', { type: 'ChangeSeats', seats: 4 }],
      ['2026-06-05T09:00:00.000Z', pay(1, 1_000)],
      ['2026-06-10T09:00:00.000Z', { type: 'ExtendDueDate', days: 10, reason: 'asked nicely' }],
      ['2026-06-12T09:00:00.000Z', { type: 'ChangeSeats', seats: 7 }],
      ['2026-06-25T09:00:00.000Z', pay(1, 5_000)],
      ['2026-06-26T09:00:00.000Z', { type: 'ChangeSeats', seats: 5 }],
      ['2026-06-27T09:00:00.000Z', { type: 'GrantCredit', amountMinor: 2_000, currency: 'USD', reason: 'an outage' }],
      ['2026-09-20T09:00:00.000Z', { type: 'RollForward' }],
      ['2026-09-21T09:00:00.000Z', { type: 'PayAll' }],
    ];
    for (const [at, command] of steps) {
      await ledger.player.run({ domain, at, command });
      await nextMillisecond();
    }
    await ledger.project();
    const licenseId = licenseIdOf(domain);
    const facts = await factsOf(licenseId);
    const types = facts.map(({ event }) => event.type);
    expect(types).toEqual(
      expect.arrayContaining(['SeatsReduced', 'SeatsIncreased', 'CreditGranted', 'LicenseExtended']),
    );
    expect(types.filter((type) => type === 'InvoicePaid').length).toBeGreaterThan(2);
    const known = [undefined, ...new Set(facts.map(({ recordedAt }) => recordedAt))];
    const moments = [...new Set(facts.map(({ effectiveAt }) => effectiveAt))].flatMap((at) => [
      justBefore(at),
      at,
      laterBy(at, 4),
    ]);
    const requests = moments.flatMap((asOf) =>
      known.map((knownAt) => ({ asOf, ...(knownAt !== undefined && { knownAt }) })),
    );
    await compare(licenseId, facts, requests);
  }, 60_000);

  it('knows what was late only from when it was recorded', async () => {
    const domain = `late-${(played += 1)}.example`;
    const licenseId = licenseIdOf(domain);
    await ledger.player.register(domain, { startedOn: '2026-06-01', seats: 10 });
    await nextMillisecond();
    // Nobody looked at the license for days; the boundary of 1 July and what was past due before it are recorded now.
    await ledger.player.run({ domain, at: '2026-07-03T09:00:00.000Z', command: { type: 'RollForward' } });
    await ledger.project();
    const facts = await factsOf(licenseId);
    const registered = facts[1]?.recordedAt ?? '';
    const rolled = facts.at(-1)?.recordedAt ?? '';
    const asOf = '2026-06-20T00:00:00.000Z';
    expect(await ask.license(licenseId, { asOf })).toMatchObject({ status: 'expired', revision: 3 });
    expect(await ask.license(licenseId, { asOf, knownAt: rolled })).toMatchObject({ status: 'expired', revision: 3 });
    expect(await ask.license(licenseId, { asOf, knownAt: registered })).toMatchObject({
      status: 'active',
      revision: 1,
    });
    // An invoice is overdue by the calendar, whoever noticed.
    const overdue = await ask.invoices({ licenseId, asOf, knownAt: registered, status: 'overdue' });
    expect(overdue).toMatchObject([{ invoiceNumber: `${domain.toUpperCase()}-0001`, status: 'overdue' }]);
  });

  it('counts a change as pending until its acknowledgement took effect, and was known', async () => {
    const domain = `changed-${(played += 1)}.example`;
    await ledger.player.register(domain, { seats: 10 });
    const command = { type: 'ChangeSeats', seats: 8 } as const;
    await ledger.player.run({ domain, at: '2026-06-03T09:00:00.000Z', command });
    await nextMillisecond();
    await ledger.player.acknowledge(domain, 1, 30);
    await ledger.project();
    const licenseId = licenseIdOf(domain);
    const changedAt = (await factsOf(licenseId)).at(-1)?.recordedAt ?? '';
    const settling = async (request: AsOfRequest) => (await ask.license(licenseId, request)).propagation;
    expect(await settling({ asOf: '2026-06-03T08:59:59.999Z' })).toEqual({ pending: 0, overdue: 0 });
    expect(await settling({ asOf: '2026-06-03T09:00:00.000Z' })).toEqual({ pending: 1, overdue: 0 });
    expect(await settling({ asOf: '2026-06-04T09:00:00.000Z' })).toEqual({ pending: 0, overdue: 1 });
    expect(await settling({ asOf: '2026-06-04T15:00:00.000Z' })).toEqual({ pending: 0, overdue: 0 });
    const known = { asOf: '2026-06-04T15:00:00.000Z', knownAt: changedAt };
    expect(await settling(known)).toEqual({ pending: 0, overdue: 1 });
    expect(await settling({ ...known, knownAt: justBefore(changedAt) })).toEqual({ pending: 0, overdue: 0 });
  });

  it('refuses moments that are to come, for they could change', async () => {
    const [{ licenseId } = { licenseId: '' }] = await customers(1, 1);
    const refused = { status: 400 };
    await expect(ask.license(licenseId, { asOf: addDays(now.slice(0, 10), 1) + now.slice(10) })).rejects.toMatchObject(
      refused,
    );
    await expect(ask.invoices({ licenseId, knownAt: '2999-01-01T00:00:00.000Z' })).rejects.toMatchObject(refused);
    await expect(ask.credits(licenseId, { knownAt: '2999-01-01T00:00:00.000Z' })).rejects.toMatchObject(refused);
  });

  it('says of what there was not yet that it was not there yet', async () => {
    const [{ licenseId, facts }] = (await customers(1, 2)) as [{ licenseId: string; facts: Fact[] }];
    const before = '2000-01-01T00:00:00.000Z';
    const problem = (error: unknown) => (error as { problem?: unknown }).problem;
    const license = await ask.license(licenseId, { asOf: before }).catch(problem);
    expect(license).toMatchObject({
      status: 404,
      detail: `There was no such license as of ${before}: it was registered later.`,
    });
    expect(await ask.credits(licenseId, { knownAt: before }).catch(problem)).toMatchObject({
      status: 404,
      detail: `There was no such license as of ${now}, by what was recorded until ${before}: it was registered later.`,
    });
    const issued = facts.flatMap(({ event }) => (event.type === 'InvoiceIssued' ? [event.data.invoiceNumber] : []));
    expect(await ask.invoice(issued[0] ?? '', { asOf: before }).catch(problem)).toMatchObject({
      detail: `There was no invoice ${issued[0]} as of ${before}.`,
    });
  });
});

/** Each event's moments and just before them, plain and with what was known at another; a few of them. */
function momentsOf(facts: readonly Fact[], picked: number): AsOfRequest[] {
  const pick = <T>(items: readonly T[], n: number): T => items[(picked + n * 7) % items.length] as T;
  const effective = facts.map(({ effectiveAt }) => effectiveAt);
  const recorded = facts.map(({ recordedAt }) => recordedAt);
  const requests = Array.from({ length: 8 }, (_, n): AsOfRequest[] => {
    const asOf = pick(effective, n);
    return [
      { asOf },
      { asOf: justBefore(asOf) },
      { asOf: laterBy(asOf, n * 3) },
      { asOf, knownAt: pick(recorded, n + 1) },
      { asOf, knownAt: justBefore(pick(recorded, n)) },
      { knownAt: pick(recorded, n) },
    ];
  });
  return requests.flat().filter(({ asOf }) => asOf === undefined || asOf <= now);
}

const justBefore = (instant: Instant): Instant => new Date(Date.parse(instant) - 1).toISOString();
const laterBy = (instant: Instant, days: number): Instant => addDays(instant.slice(0, 10), days) + instant.slice(10);

async function nextMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise(setImmediate);
}

/** What all queries have to answer, folded from nothing but the events that count. */
function foldOf(licenseId: string, counted: readonly Fact[], at: Instant) {
  const events = counted.map(({ event }) => event);
  const state = evolveAll(null, events);
  if (state === null) throw new Error('a license begins with its registration');
  const credits = counted.reduce<CreditEntry[]>((entries, { event, recorded, recordedAt }) => {
    const { id, stream, revision } = recorded;
    const place = { id, stream, revision: Number(revision), recordedAt };
    const entry = describeCreditEntry(licenseId, event, place, entries.at(-1)?.hash ?? null);
    return entry ? [...entries, entry] : entries;
  }, []);
  const invoices = events.flatMap((event) => {
    if (event.type !== 'InvoiceIssued') return [];
    const { invoiceNumber } = event.data;
    const history = events.reduce<InvoiceHistory | null>(
      (known, each) => evolveInvoice(known, invoiceNumber, each),
      null,
    );
    return history ? [describeInvoice(history, state, localDateAt(at, state.timeZone))] : [];
  });
  return {
    license: { ...describeLicense(state, at), revision: counted.length - 1 },
    balance: state.creditBalanceMinor,
    hashes: credits.map(({ hash }) => hash),
    audit: credits.map(({ hash }) => hash),
    invoices,
    byStatus: {
      open: invoices.filter(is('open')),
      overdue: invoices.filter(is('overdue')),
      paid: invoices.filter(is('paid')),
    },
    each: invoices,
  };
}

const is = (status: Invoice['status']) => (invoice: Invoice) => invoice.status === status;

/** The queries themselves, as the interface asks them. */
function queriesOf(readModel: ReadModel, store: EventStore) {
  const clock = new LateClock();
  const moments = new Moments(clock, new SystemClock());
  const handlers = {
    license: new GetLicenseHandler(readModel, store, clock, moments),
    credits: new ListLicenseCreditsHandler(readModel, store, moments),
    audit: new ListCreditsHandler(readModel, moments),
    invoices: new ListInvoicesHandler(readModel, clock, moments),
    invoice: new GetInvoiceHandler(readModel, store, clock, moments),
  };
  const page = { limit: 500 };
  const license = (licenseId: string, request: AsOfRequest) =>
    handlers.license.execute(new GetLicense(licenseId, request, admin));
  const credits = (licenseId: string, request: AsOfRequest) =>
    handlers.credits.execute(new ListLicenseCredits(licenseId, { ...page, ...request }, admin));
  const invoices = async (request: AsOfRequest & { licenseId: string; status?: Invoice['status'] }) =>
    (await handlers.invoices.execute(new ListInvoices({ ...page, ...request }, admin))).items;
  const invoice = (number: string, request: AsOfRequest) =>
    handlers.invoice.execute(new GetInvoice(number, request, admin));

  /** Everything about a license, or `not-found`, in which the license and its credits have to agree. */
  async function all(licenseId: string, request: AsOfRequest) {
    const of = { licenseId, ...request };
    try {
      const { propagation: _, ...described } = await license(licenseId, request);
      const { balance, items } = await credits(licenseId, request);
      const audit = await handlers.audit.execute(new ListCredits({ ...page, ...of }, admin));
      const listed = await invoices(of);
      const each = await Promise.all(listed.map(({ invoiceNumber }) => invoice(invoiceNumber, request)));
      const [open, overdue, paid] = await Promise.all(
        (['open', 'overdue', 'paid'] as const).map((status) => invoices({ ...of, status })),
      );
      return {
        license: described,
        balance: balance.amount,
        hashes: items.map(({ hash }) => hash),
        audit: audit.items.map(({ hash }) => hash),
        invoices: listed,
        byStatus: { open, overdue, paid },
        each: each.map(({ explanation: _explanation, ...figures }) => figures),
      };
    } catch (error) {
      if ((error as { problem?: { status: number } }).problem?.status !== 404) throw error;
      await expect(credits(licenseId, request)).rejects.toMatchObject({ status: 404 });
      expect(await invoices(of)).toEqual([]);
      return 'not-found';
    }
  }
  return { license, credits, invoices, invoice, all };
}
