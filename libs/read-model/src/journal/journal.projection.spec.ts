import type pg from 'pg';
import fc from 'fast-check';
import {
  accountingPeriodsStream,
  bookingOf,
  encodePeriodEvent,
  journalEntryOf,
  monthAfter,
  startOfMonth,
  type ClosedThrough,
} from '#accounting';
import type { Account, Month } from '#contracts';
import type { RecordedEvent } from '#event-store';
import { decodeEvent, licenseStream, licenseStreamPrefix, type LicenseState } from '#license';
import { BatchWriter, migrate, openPool } from '#projection-engine';
import { LedgerProjection, migrations, type Tables } from '#read-model';
import { histories, play, Scenario, testDatabases, TestLog, type TestDatabase } from '#testing';

const schema = 'ledger_spec';

/** A line as it is compared: enough of it to tell one from any other. */
interface Line {
  readonly event: string;
  readonly month: Month;
  readonly lateFrom: Month | null;
  readonly currency: string;
  readonly account: Account;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

/** The journal of a log, read from its beginning to its end: what a rebuild must come to. */
function journalOf(events: readonly RecordedEvent[]): Line[] {
  let closedThrough: ClosedThrough = null;
  const lines: Line[] = [];
  for (const { id, stream, type, data, metadata } of events) {
    if (stream === accountingPeriodsStream) closedThrough = (data as { month: Month }).month;
    if (!stream.startsWith(licenseStreamPrefix)) continue;
    const event = decodeEvent({ type, version: metadata.schemaVersion, data });
    const entry = journalEntryOf(event);
    const { month, lateFrom } = bookingOf(event.data.effectiveAt, closedThrough);
    entry?.lines.forEach(({ account, debitMinor, creditMinor }) =>
      lines.push({ event: id, month, lateFrom, currency: entry.currency, account, debitMinor, creditMinor }),
    );
  }
  return lines.sort(byEvent);
}

const byEvent = (a: Line, b: Line) => (`${a.event} ${a.account}` < `${b.event} ${b.account}` ? -1 : 1);

describe.each(testDatabases())('the journal projected into $kind', ({ open }) => {
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
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE' AND table_name <> $2`,
      [schema, 'schema_migrations'],
    );
    await pool.query(`TRUNCATE ${rows.map(({ name }) => `${schema}.${name}`).join(', ')}`);
  }

  const close = (month: Month, version = 1) =>
    log.append(accountingPeriodsStream, {
      ...encodePeriodEvent({
        type: 'AccountingPeriodClosed',
        data: { effectiveAt: startOfMonth(monthAfter(month)), month },
      }),
      version,
    });
  const append = ({ state, events }: Scenario) => log.license(state.licenseId, events);
  const writer = () => BatchWriter.open(pool, new LedgerProjection(schema, 1));

  /** Projects what is new, each batch by a writer that remembers nothing; `observe` looks on after each. */
  async function project(batchSize = 1_000, observe: () => Promise<void> = () => Promise.resolve()) {
    for (;;) {
      const one = await writer();
      const [batch] = log.batches(batchSize, one.position);
      if (batch === undefined) return;
      await one.write(batch);
      await observe();
    }
  }

  const rows = async <T extends keyof Tables>(table: T): Promise<Tables[T][]> =>
    (await pool.query<Tables[T]>(`SELECT * FROM ${schema}.${table}`)).rows;

  const parked = async () =>
    (await pool.query<{ reason: string }>(`SELECT reason FROM ${schema}.parked_streams`)).rows.map(
      ({ reason }) => reason,
    );

  const journal = async (): Promise<Line[]> =>
    (await rows('journal_lines'))
      .map((row) => ({
        event: row.event_id,
        month: row.month,
        lateFrom: row.late_from,
        currency: row.currency,
        account: row.account,
        debitMinor: row.debit_minor,
        creditMinor: row.credit_minor,
      }))
      .sort(byEvent);

  /** Debits and credits by whatever tells rows apart; rows of nothing are left out. */
  const summed = (
    all: readonly { debit_minor: number; credit_minor: number }[],
    keyOf: (row: never) => string,
  ): Record<string, [number, number]> => {
    const sums: Record<string, [number, number]> = {};
    for (const row of all) {
      const [debit, credit] = sums[keyOf(row as never)] ?? [0, 0];
      sums[keyOf(row as never)] = [debit + row.debit_minor, credit + row.credit_minor];
    }
    return Object.fromEntries(Object.entries(sums).filter(([, [debit, credit]]) => debit !== 0 || credit !== 0));
  };

  /** The totals are the lines, each currency is in balance, and the accounts are what the licenses are. */
  async function expectBooksInBalance(): Promise<void> {
    const [lines, totals, licenses] = await Promise.all([
      rows('journal_lines'),
      rows('journal_totals'),
      rows('licenses'),
    ]);
    const ofLine = (row: Tables['journal_lines']) =>
      [row.month, row.effective_at.slice(0, 10), row.currency, row.account].join(' ');
    const ofTotal = (row: Tables['journal_totals']) =>
      [row.month, row.effective_on, row.currency, row.account].join(' ');
    expect(summed(totals, ofTotal)).toEqual(summed(lines, ofLine));

    for (const [debit, credit] of Object.values(summed(totals, (row: Tables['journal_totals']) => row.currency))) {
      expect(debit).toBe(credit);
    }
    const accounts = summed(totals, (row: Tables['journal_totals']) => `${row.currency} ${row.account}`);
    for (const currency of ['USD', 'JPY']) {
      const states = licenses.map(({ state }) => state).filter((state) => state.currency === currency);
      const balanceOf = (account: Account) => {
        const [debit, credit] = accounts[`${currency} ${account}`] ?? [0, 0];
        return debit - credit;
      };
      const sum = (figure: (state: LicenseState) => number) =>
        states.reduce((total, state) => total + figure(state), 0);
      expect(balanceOf('receivable')).toBe(
        sum(({ openInvoices }) => openInvoices.reduce((open, { openMinor }) => open + openMinor, 0)),
      );
      expect(balanceOf('customer-credit')).toBe(0 - sum(({ creditBalanceMinor }) => creditBalanceMinor));
    }
  }

  const licenses = fc.array(fc.tuple(histories({ maxSteps: 12 }), fc.constantFrom('USD', 'JPY')), {
    minLength: 1,
    maxLength: 3,
  });

  it('is in balance at every position, and what a reading from the start gives, closings and repeats included', async () => {
    const scenarioOf = (n: number) => `license-${n}.example`;
    await fc.assert(
      fc.asyncProperty(
        licenses,
        fc.array(fc.nat(60), { maxLength: 4 }),
        fc.constantFrom(1, 1, 7, 1_000),
        async (all, closings, batchSize) => {
          await begin();
          const terms = { unitPriceMinor: all[0]?.[0].terms.unitPriceMinor ?? 1_000, interval: 'month' as const };
          const scenarios = all.map(([history, currency], n) =>
            play({ ...history, terms: { ...history.terms, ...terms, currency, domain: scenarioOf(n) } }),
          );
          for (const { catalogue } of scenarios) log.plans(catalogue);
          interleave(scenarios, closings);
          await project(batchSize, expectBooksInBalance);
          expect(await parked()).toEqual([]);
          expect(await journal()).toEqual(journalOf(log.events));
          await pool.query(
            `UPDATE ${schema}.projection_checkpoints SET commit_position = NULL, prepare_position = NULL`,
          );
          await project();
          expect(await journal()).toEqual(journalOf(log.events));
          await expectBooksInBalance();
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  /** The licenses' events in turns; before some of them a month is closed, from January on. */
  function interleave(scenarios: readonly Scenario[], closings: readonly number[]): void {
    let month = '2026-01';
    const longest = Math.max(...scenarios.map(({ events }) => events.length));
    for (let n = 0; n < longest; n += 1) {
      for (const _ of closings.filter((at) => at === n)) {
        close(month);
        month = monthAfter(month);
      }
      for (const { state, events } of scenarios) log.license(state.licenseId, events.slice(n, n + 1));
    }
  }

  describe('when a month is closed', () => {
    const june = () => Scenario.license({ domain: 'punctual.example' }).payAll();
    /** Moved in after June: begun in it, paid elsewhere. */
    const late = () =>
      Scenario.license({ domain: 'late.example', startedOn: '2026-06-10', paidThrough: '2026-06-11', seats: 3 });

    const ofJune = async () => (await rows('journal_totals')).filter(({ month }) => month === '2026-06');

    it('books what comes after it into the month that is open, and leaves its figures as they were', async () => {
      append(june());
      log.plans(june().catalogue);
      close('2026-06');
      await project();
      const before = await ofJune();
      append(late());
      await project();
      expect(await ofJune()).toEqual(before);
      const moved = (await rows('journal_lines')).filter(({ late_from }) => late_from !== null);
      expect(
        moved.map(({ account, month, late_from, effective_at }) => [account, month, late_from, effective_at]),
      ).toEqual(
        ['receivable', 'revenue', 'cash', 'receivable'].map((account) => [
          account,
          '2026-07',
          '2026-06',
          '2026-06-10T00:00:00.000Z',
        ]),
      );
      expect(await rows('accounting_closings')).toMatchObject([
        { month: '2026-06', closed_at: '2026-07-01T00:00:00.000Z', closed_by: 'test', revision: 0 },
      ]);
    });

    it('books a license that was parked meanwhile as if it had come in its turn', async () => {
      append(june());
      // There is no plan yet, so the license waits; the closing and the late event do not.
      close('2026-06');
      append(late());
      await project();
      expect(await rows('journal_lines')).toEqual([]);
      log.plans(june().catalogue);
      await project();
      expect(await (await writer()).retryParked()).toBe(2);
      expect(await journal()).toEqual(journalOf(log.events));
      await expectBooksInBalance();
    });

    it('books anew what came after a closing that this program did not understand at first', async () => {
      log.plans(june().catalogue);
      append(june());
      const closing = close('2026-06', 9);
      append(late());
      await project();
      expect((await rows('journal_lines')).filter(({ month }) => month === '2026-06')).toHaveLength(8);
      // A newer program understands it.
      await pool.query(
        `UPDATE ${schema}.parked_events SET event = replace(event, '"schemaVersion":9', '"schemaVersion":1')`,
      );
      Object.assign(closing.metadata, { schemaVersion: 1 });
      expect(await (await writer()).retryParked()).toBe(1);
      expect(await journal()).toEqual(journalOf(log.events));
      expect((await rows('journal_lines')).filter(({ month }) => month === '2026-06')).toHaveLength(4);
      await expectBooksInBalance();
      // And what comes now knows of it too.
      append(Scenario.license({ domain: 'later.example' }));
      await project();
      expect(await journal()).toEqual(journalOf(log.events));
    });
  });

  it('holds no entry that does not balance, whoever writes it', async () => {
    const scenario = Scenario.license();
    log.plans(scenario.catalogue);
    append(scenario);
    await project();
    const wrong = pool.query(`UPDATE ${schema}.journal_entries SET receivable_minor = receivable_minor - 1`);
    await expect(wrong).rejects.toThrow('entry_balances');
  });

  it('parks a license whose figures do not add up', async () => {
    const scenario = Scenario.license();
    log.plans(scenario.catalogue);
    const [registered, invoice] = scenario.events;
    log.license(scenario.state.licenseId, [registered!]);
    log.append(licenseStream(scenario.state.licenseId), {
      type: invoice!.type,
      data: { ...invoice!.data, totalMinor: 59_999 },
    });
    await project();
    expect(await rows('journal_lines')).toEqual([]);
    expect(await parked()).toEqual([expect.stringContaining('does not balance')]);
  });
});
