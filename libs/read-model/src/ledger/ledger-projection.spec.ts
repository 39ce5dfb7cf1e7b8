import type pg from 'pg';
import fc from 'fast-check';
import type { EventBatch } from '#event-store';
import {
  describeInvoice,
  encodePropagationEvent,
  entitlementChange,
  licenseStream,
  missDeadline,
  planStream,
  propagationStream,
  settleChange,
  type Catalogue,
  type PlanEdition,
  type PropagationEvent,
} from '#license';
import { BatchWriter, migrate, openPool, ParkingStore, type Prepared } from '#projection-engine';
import { LedgerProjection, migrations, type Tables } from '#read-model';
import { histories, ledgerOf, play, Scenario, testDatabases, TestLog, type History, type TestDatabase } from '#testing';

const schema = 'ledger_spec';
const tables = [
  ...['licenses', 'staff', 'next_invoices', 'invoices', 'payments', 'credit_entries', 'propagations', 'plan_editions'],
  ...['unused_seats', 'charged_cycles', 'policy_totals', 'open_grants'],
  ...['journal_entries', 'journal_totals', 'accounting_closings'],
  ...['projection_checkpoints', 'parked_streams', 'parked_events'],
];

describe.each(testDatabases())('the ledger projected into $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let log: TestLog;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 4 });
    await migrate(pool, schema, migrations);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() => begin());

  async function begin(): Promise<void> {
    log = new TestLog();
    await pool.query(`TRUNCATE ${tables.map((table) => `${schema}.${table}`).join(', ')}`);
  }

  const writer = (licensesInMemory?: number) => BatchWriter.open(pool, new LedgerProjection(schema, licensesInMemory));

  /** Projects what the log has that is new, with a memory that is too small for all licenses. */
  const project = async (batchSize = 1_000) => {
    const one = await writer(1);
    const failures = [];
    for (const batch of log.batches(batchSize, one.position)) failures.push(...(await one.write(batch)).failures);
    return failures.map(({ event, reason }) => `${event.stream} ${event.type}: ${reason}`);
  };

  /** Projects each batch by a writer that remembers nothing, and then the same batch again by another. */
  const projectTwice = async (batchSize: number) => {
    let before: readonly [string, string] | readonly [null, null] = [null, null];
    for (const batch of log.batches(batchSize)) {
      await write(batch);
      await pool.query(`UPDATE ${schema}.projection_checkpoints SET commit_position = $1, prepare_position = $2`, [
        ...before,
      ]);
      await write(batch);
      before = [`${batch.checkpoint.commit}`, `${batch.checkpoint.prepare}`];
    }
  };
  const write = async (batch: EventBatch) => expect((await (await writer()).write(batch)).failures).toEqual([]);

  const parkedStreams = async () => [...(await new ParkingStore(schema).streams(pool))];

  /** The rows of a license in the words of the domain, as `ledgerOf` gives them. */
  const projected = async (licenseId: string) => {
    const of = async <T extends keyof Tables>(table: T, order = 'license_id'): Promise<Tables[T][]> => {
      const sql = `SELECT * FROM ${schema}.${table} WHERE license_id = $1 ORDER BY ${order}`;
      return (await pool.query<Tables[T]>(sql, [licenseId])).rows;
    };
    const licenses = (await of('licenses')).map(({ license_id: _, ...license }) => license);
    const invoices = await of('invoices', 'revision');
    return {
      license: licenses[0],
      staff: (await of('staff', 'staff_id')).map(({ license_id: _, ...member }) => member),
      next: (await of('next_invoices')).map((row) => [
        row.issues_on,
        row.currency,
        row.lines,
        row.total_minor,
        row.credit_balance_after_minor,
      ]),
      invoices: invoices.map((row) => ({ issued: row.issued, dueOn: row.due_on, openMinor: row.open_minor })),
      overdueFrom: invoices.map((row) => row.past_due_at),
      paid: (await of('payments')).reduce((sum, payment) => sum + payment.amount_minor, 0),
      credits: (await of('credit_entries', 'ordinal')).map((row) => [
        row.entry_id,
        row.kind,
        row.amount_minor,
        row.balance_after_minor,
        row.event_id,
        row.previous_hash,
        row.hash,
      ]),
      openGrants: (await of('open_grants', 'entry_id')).map((row) => [
        row.entry_id,
        row.remaining_minor,
        row.granted_at,
      ]),
      unusedSeats: (await of('unused_seats')).map((row) => row.unused_seats)[0] ?? 0,
      chargedCycles: (await of('charged_cycles', 'cycle_index')).map((row) => [
        row.starts_on,
        row.currency,
        row.unit_price_minor,
        row.paid_seats,
        row.billed_days,
        row.highest_seats,
        row.credited_seat_days,
        row.uncharged_seat_days,
      ]),
      propagations: (await of('propagations', 'revision')).map((row) => [
        row.change_id,
        row.kind,
        row.status,
        row.requested_at,
        row.deadline,
        row.revision,
      ]),
    };
  };

  /** The same, folded from nothing. */
  const expected = (licenseId: string, catalogue: Catalogue) => {
    const stream = log.events.filter((event) => event.stream === licenseStream(licenseId));
    const {
      license,
      staff,
      nextInvoice: next,
      invoices,
      credits,
      propagations,
      ...seats
    } = ledgerOf(stream, catalogue);
    return {
      license,
      staff,
      next: next
        ? [[next.issuesOn, next.total.currency, next.lines, next.total.amount, next.creditBalanceAfter.amount]]
        : [],
      invoices,
      overdueFrom: invoices.map((invoice) => firstOverdue(invoice, license.state.timeZone)),
      paid: invoices.reduce((sum, { issued, openMinor }) => sum + issued.totalMinor - openMinor, 0),
      credits: credits.map((entry) => [
        entry.entryId,
        entry.kind,
        entry.amount.amount,
        entry.balanceAfter.amount,
        entry.event.id,
        entry.previousHash,
        entry.hash,
      ]),
      openGrants: license.state.grants.map(({ entryNumber, remainingMinor }) => [
        entryNumber,
        remainingMinor,
        credits.find(({ entryId }) => entryId === entryNumber)?.effectiveAt,
      ]),
      unusedSeats: seats.unusedSeats,
      chargedCycles: seats.chargedCycles.map((each) => [
        each.cycle.startsOn,
        each.currency,
        each.unitPriceMinor,
        each.paidSeats,
        each.billedDays,
        each.highestSeats,
        each.creditedSeatDays,
        each.unchargedSeatDays,
      ]),
      propagations: propagations.map((each) => [
        each.changeId,
        each.kind,
        each.status,
        each.requestedAt,
        each.deadline,
        each.revision,
      ]),
    };
  };

  it('holds what a fold from nothing gives, whatever the history, the batches and the repeats', async () => {
    // A few licenses on the same plans, their events one after the other in turns.
    const several = fc.array(histories({ maxSteps: 15 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(several, fc.integer({ min: 1, max: 60 }), fc.boolean(), async (all, batchSize, twice) => {
        await begin();
        const { scenarios, catalogue } = playTogether(all);
        log.plans(catalogue);
        interleave(scenarios);
        if (twice) await projectTwice(batchSize);
        else expect(await project(batchSize)).toEqual([]);
        for (const { state } of scenarios) {
          expect(await projected(state.licenseId)).toEqual(expected(state.licenseId, catalogue));
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  function interleave(scenarios: readonly Scenario[]): void {
    const longest = Math.max(...scenarios.map(({ events }) => events.length));
    for (let n = 0; n < longest; n += 1) {
      for (const { events, state } of scenarios) log.license(state.licenseId, events.slice(n, n + 1));
    }
  }

  describe('when a plan gets new prices', () => {
    const dearer: PlanEdition = {
      effectiveAt: '2026-06-05T00:00:00.000Z',
      name: 'Team',
      prices: [{ currency: 'USD', interval: 'month', amountMinor: 1_500 }],
    };

    it('prices the next invoices of its licenses anew, and of those that will be on it', async () => {
      const onIt = Scenario.license({ seats: 10 });
      const willBe = Scenario.license({ domain: 'soon.example', seats: 4, planId: 'pro' });
      willBe.at('2026-06-02').when({ type: 'ChangePlan', planId: 'team' });
      const other = Scenario.license({ domain: 'other.example', seats: 1, planId: 'pro' });
      log.plans(onIt.catalogue);
      for (const { state, events } of [onIt, willBe, other]) log.license(state.licenseId, events);
      await project();
      log.append(planStream('team'), { type: 'PlanDefined', data: { planId: 'team', ...dearer } });
      await project();

      const catalogue = new Map(onIt.catalogue);
      catalogue.set('team', [...(catalogue.get('team') ?? []), dearer]);
      for (const { state } of [onIt, willBe, other]) {
        expect(await projected(state.licenseId)).toEqual(expected(state.licenseId, catalogue));
      }
      const { rows } = await pool.query<{ total_minor: number }>(
        `SELECT total_minor FROM ${schema}.next_invoices ORDER BY total_minor`,
      );
      expect(rows.map((row) => row.total_minor)).toEqual([2_000, 6_000, 15_000]);
    });

    it('reaches more licenses than one chunk holds', async () => {
      const first = Scenario.license({ seats: 1 });
      log.plans(first.catalogue);
      for (let n = 0; n < 1_003; n += 1) {
        const { state, events } = Scenario.license({ domain: `c${n}.example`, seats: 1 });
        log.license(state.licenseId, events);
      }
      log.append(planStream('team'), { type: 'PlanDefined', data: { planId: 'team', ...dearer } });
      await project(500);
      const { rows } = await pool.query<{ total_minor: number; n: number }>(
        `SELECT total_minor, count(*)::int AS n FROM ${schema}.next_invoices GROUP BY 1`,
      );
      expect(rows).toEqual([{ total_minor: 1_500, n: 1_003 }]);
    });
  });

  describe('parks', () => {
    const good = () => Scenario.license({ seats: 2, domain: 'good.example' });
    const bad = () => Scenario.license({ seats: 2, domain: 'bad.example' });

    it.each([
      ['an unknown event', { type: 'SeatsTeleported', data: {} }, "'SeatsTeleported' is not an event of a license"],
      ['a version from the future', { type: 'StaffAdded', version: 9, data: {} }, 'version 9 is not known'],
      ['data without its fields', { type: 'StaffAdded', data: { staffId: 's' } }, 'takes text, not undefined'],
      [
        'text that no column takes',
        { type: 'StaffAdded', data: { staffId: 's', email: 'a', name: '', role: 'a\0', activeStaff: 1 } },
        'takes text',
      ],
    ])('the license of %s, and no other', async (_, event, reason) => {
      const [one, other] = [good(), bad()];
      log.plans(one.catalogue).license(other.state.licenseId, other.events);
      const stream = licenseStream(other.state.licenseId);
      log.append(stream, event);
      log.license(one.state.licenseId, one.events);
      const said = await project(3);
      expect(said.join()).toContain(reason);
      expect(await parkedStreams()).toEqual([stream]);
      expect(await projected(one.state.licenseId)).toEqual(expected(one.state.licenseId, one.catalogue));
    });

    it('a license with a gap in its history', async () => {
      const one = good().at('2026-06-02').when({ type: 'ChangeSeats', seats: 1 });
      log.plans(one.catalogue).license(one.state.licenseId, one.events);
      log.events.splice(3, 1);
      expect((await project()).join()).toContain('revision 1 is missing');
      expect(await parkedStreams()).toEqual([licenseStream(one.state.licenseId)]);
    });

    it('a stream that is no license', async () => {
      log.append('license-of-nobody', { type: 'LicenseRegistered', data: {} });
      expect((await project()).join()).toContain('license-of-nobody');
      const one = good();
      log.plans(one.catalogue).license(one.state.licenseId, one.events);
      expect(await project()).toEqual([]);
    });

    it('a license whose plan is not known', async () => {
      const one = good();
      log.license(one.state.licenseId, one.events);
      expect((await project()).join()).toContain("plan 'team' has no price in USD per month");
      // Once the plan is there, the license is taken up again.
      log.plans(one.catalogue);
      await project();
      expect(await (await writer()).retryParked()).toBe(1);
      expect(await projected(one.state.licenseId)).toEqual(expected(one.state.licenseId, one.catalogue));
    });
  });

  describe('tells what became of a change', () => {
    const changed = () => Scenario.license().payAll().at('2026-06-02').when({ type: 'ChangeSeats', seats: 48 });
    const start = (scenario: Scenario) => {
      const { licenseId } = scenario.state;
      log.license(licenseId, scenario.events);
      const change = entitlementChange(licenseId, scenario.events.at(-1)!, scenario.events.length - 1)!;
      return { change, stream: propagationStream(change.changeId) };
    };
    const acknowledged = { revision: 9, seats: 48 };
    const row = async () =>
      (await pool.query(`SELECT status, late, propagated_at, contact FROM ${schema}.propagations`)).rows as unknown[];
    const append = (stream: string, events: readonly PropagationEvent[]) =>
      events.forEach((event) => log.append(stream, encodePropagationEvent(event)));

    it.each([1, 2, 1_000])('in batches of %d, each projected twice', async (batchSize) => {
      const scenario = changed();
      log.plans(scenario.catalogue);
      const { change, stream } = start(scenario);
      const late = '2026-06-04T00:00:00.000Z';
      append(stream, missDeadline(change, 'pending', 'support', late));
      await projectTwice(batchSize);
      expect(await row()).toEqual([{ status: 'overdue', late: false, propagated_at: null, contact: 'support' }]);
      append(stream, settleChange(change, 'overdue', acknowledged, 'support', late));
      await project(batchSize);
      expect(await row()).toEqual([{ status: 'propagated', late: true, propagated_at: late, contact: 'support' }]);
    });

    it('also when the batch with the change itself is still being written', async () => {
      const scenario = changed();
      log.plans(scenario.catalogue);
      const { change, stream } = start(scenario);
      append(stream, settleChange(change, 'pending', acknowledged, 'support', change.requestedAt));
      const one = await writer();
      let before: Prepared | null = null;
      for (const batch of log.batches(1)) {
        const next: Prepared = await one.prepare(batch, before);
        if (before !== null) await one.commit(before);
        before = next;
      }
      if (before !== null) await one.commit(before);
      expect(await parkedStreams()).toEqual([]);
      expect(await row()).toMatchObject([{ status: 'propagated' }]);
    });

    it('when it misses its deadline and arrives in one batch', async () => {
      const scenario = changed();
      log.plans(scenario.catalogue);
      const { change, stream } = start(scenario);
      const late = '2026-06-04T00:00:00.000Z';
      append(stream, settleChange(change, 'pending', acknowledged, 'support', late));
      await project();
      expect(await row()).toEqual([{ status: 'propagated', late: true, propagated_at: late, contact: 'support' }]);
    });

    it('once its license is taken up again', async () => {
      const scenario = changed();
      const { change, stream } = start(scenario);
      append(stream, settleChange(change, 'pending', acknowledged, 'support', change.requestedAt));
      expect((await project()).join()).toContain('its change has not been projected');
      expect(await parkedStreams()).toHaveLength(2);
      log.plans(scenario.catalogue);
      await project();
      expect(await (await writer()).retryParked()).toBe(2);
      expect(await row()).toEqual([
        { status: 'propagated', late: false, propagated_at: change.requestedAt, contact: null },
      ]);
    });
  });
});

/** Plays the histories under different domains with the terms of the first, so that one catalogue serves them all. */
function playTogether(all: readonly History[]): { scenarios: Scenario[]; catalogue: Catalogue } {
  const { unitPriceMinor, interval = 'month' } = all[0]?.terms ?? { unitPriceMinor: 1_000 };
  const scenarios = all.map((history, n) => {
    const domain = n === 0 ? 'acme.example' : `other-${n}.example`;
    return play({ ...history, terms: { ...history.terms, unitPriceMinor, interval, domain } });
  });
  return { scenarios, catalogue: scenarios[0]?.catalogue ?? new Map() };
}

/** By the license's own words: the first quarter of an hour at which the invoice would be overdue if it were open. */
function firstOverdue(invoice: Parameters<typeof describeInvoice>[0], timeZone: string): string {
  const owner = { licenseId: 'l', domain: 'd' };
  const open = { ...invoice, openMinor: 1 };
  for (let ms = Date.parse(invoice.dueOn); ; ms += 900_000) {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);
    if (describeInvoice(open, owner, today).status === 'overdue') return new Date(ms).toISOString();
  }
}
