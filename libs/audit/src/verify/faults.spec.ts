import { logOf, verifyLedger, type Finding, type LedgerLog } from '#audit';
import { eventId, type RecordedEvent } from '#event-store';
import { licenseIdOf, licenseStream } from '#license';
import { inTransaction, type Queryable } from '#projection-engine';
import { ledgerSchema } from '#read-model';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';

const acme = licenseIdOf('acme.example');
const gone = licenseIdOf('gone.example');
const late = licenseIdOf('late.example');
const nobody = 'ffffffff-0000-5000-8000-000000000000';
const invoice = 'ACME.EXAMPLE-0002';

/** A fault in the rows, and the figure that must be named. */
const rowFaults: readonly (readonly [what: string, sql: string, figure: string])[] = [
  [
    'a changed credit amount',
    `UPDATE credit_entries SET amount_minor = amount_minor + 1 WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].amount_minor',
  ],
  [
    'a wrong balance',
    `UPDATE credit_entries SET balance_after_minor = 1 WHERE license_id = '${acme}' AND ordinal = 2`,
    'credit_entries[2].balance_after_minor',
  ],
  [
    'a lost credit entry',
    `DELETE FROM credit_entries WHERE license_id = '${acme}' AND ordinal = 2`,
    'credit_entries[2]',
  ],
  [
    'a doubled credit entry',
    `INSERT INTO credit_entries SELECT license_id, 99, entry_id || '-again', kind, currency, amount_minor, balance_after_minor, effective_at, recorded_at, change_id, invoice_number, reason, computation, grants_used, event_id, revision, previous_hash, hash FROM credit_entries WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[99]',
  ],
  [
    'a changed hash',
    `UPDATE credit_entries SET hash = repeat('0', 64) WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].hash',
  ],
  [
    'a changed computation',
    `UPDATE credit_entries SET computation = '{"seats":1}' WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].computation.seatDaysAfter',
  ],
  [
    'grants used that were others',
    `UPDATE credit_entries SET grants_used = '[]' WHERE license_id = '${acme}' AND kind = 'applied'`,
    'credit_entries[4].grants_used',
  ],
  [
    'a moment moved by a millisecond',
    `UPDATE credit_entries SET effective_at = effective_at + interval '1 millisecond' WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].effective_at',
  ],
  ['a lost license', `DELETE FROM licenses WHERE license_id = '${acme}'`, 'licenses'],
  [
    'a license that is an event behind',
    `UPDATE licenses SET revision = revision - 1 WHERE license_id = '${acme}'`,
    'licenses.revision',
  ],
  [
    'a balance in the state',
    `UPDATE licenses SET state = jsonb_set(state::jsonb, '{creditBalanceMinor}', '1')::json WHERE license_id = '${acme}'`,
    'licenses.state.creditBalanceMinor',
  ],
  [
    'a license that is never due',
    `UPDATE licenses SET next_due_at = NULL WHERE license_id = '${acme}'`,
    'licenses.next_due_at',
  ],
  [
    'another billing email',
    `UPDATE licenses SET billing_email = 'thief@other.example' WHERE license_id = '${acme}'`,
    'licenses.billing_email',
  ],
  [
    'an invoice with another total',
    `UPDATE invoices SET total_minor = 1 WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].total_minor`,
  ],
  [
    'an invoice that seems paid',
    `UPDATE invoices SET open_minor = 0 WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].open_minor`,
  ],
  [
    'a changed invoice line',
    `UPDATE invoices SET issued = replace(issued::text, '"quantity":55', '"quantity":54')::json WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].issued.lines[0].quantity`,
  ],
  ['a lost invoice', `DELETE FROM invoices WHERE invoice_number = '${invoice}'`, `invoices[${invoice}]`],
  [
    'an invoice that is overdue later',
    `UPDATE invoices SET past_due_at = past_due_at + interval '1 day' WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].past_due_at`,
  ],
  ['a lost payment', `DELETE FROM payments WHERE license_id = '${acme}' AND revision = 2`, 'payments[2]'],
  [
    'a doubled payment',
    `INSERT INTO payments SELECT license_id, 999, invoice_number, amount_minor, method, reference, event_id, effective_at, recorded_at FROM payments WHERE license_id = '${acme}' AND revision = 2`,
    'payments[999]',
  ],
  [
    'a staff member who is active again',
    `UPDATE staff SET status = 'active' WHERE license_id = '${acme}' AND staff_id = 's2'`,
    'staff[s2].status',
  ],
  ['a lost staff member', `DELETE FROM staff WHERE license_id = '${acme}' AND staff_id = 's1'`, 'staff[s1]'],
  [
    'a next invoice without its credit',
    `UPDATE next_invoices SET credit_applied_minor = 0 WHERE license_id = '${acme}'`,
    'next_invoices.credit_applied_minor',
  ],
  [
    'a next invoice for a license that is cancelled',
    `INSERT INTO next_invoices SELECT '${gone}', issues_on, starts_on, ends_on, cycle_days, currency, lines, gross_minor, credit_applied_minor, total_minor, credit_balance_after_minor FROM next_invoices WHERE license_id = '${acme}'`,
    'next_invoices',
  ],
  [
    'a change that seems to have arrived',
    `UPDATE propagations SET status = 'propagated' WHERE license_id = '${acme}' AND status = 'pending'`,
    '.status',
  ],
  ['a lost change', `DELETE FROM propagations WHERE license_id = '${acme}' AND status = 'overdue'`, 'propagations['],
  [
    'rows of a license that never was',
    `INSERT INTO staff VALUES ('${nobody}', 's', 'e', 'n', 'agent', 'active')`,
    'staff[s]',
  ],
  [
    'another amount in the journal',
    `UPDATE journal_entries SET cash_minor = cash_minor + 1, receivable_minor = receivable_minor - 1 WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2].cash_minor',
  ],
  [
    'an entry in the books of another month',
    `UPDATE journal_entries SET month = '2026-09' WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2].month',
  ],
  [
    'a late entry that does not say so',
    `UPDATE journal_entries SET late_from = NULL WHERE license_id = '${late}'`,
    'journal_entries[1].late_from',
  ],
  [
    'a lost entry of the journal',
    `DELETE FROM journal_entries WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2]',
  ],
  [
    'a total that its entries do not give',
    `UPDATE journal_totals SET debit_minor = debit_minor + 1 WHERE account = 'cash' AND effective_on = '2026-06-02'`,
    'journal_totals[2026-06 2026-06-02 USD cash]',
  ],
  ['a month that seems open', `DELETE FROM accounting_closings`, 'accounting_closings[2026-06]'],
  [
    'more left of a grant',
    `UPDATE open_grants SET remaining_minor = remaining_minor + 1 WHERE license_id = '${acme}'`,
    'open_grants[',
  ],
  ['seats that seem used', `DELETE FROM unused_seats WHERE license_id = '${acme}'`, 'unused_seats'],
  [
    'seat-days that were never charged',
    `UPDATE charged_cycles SET uncharged_seat_days = 1 WHERE license_id = '${acme}' AND cycle_index = 0`,
    'charged_cycles[0].uncharged_seat_days',
  ],
  [
    'another price in the catalogue',
    `UPDATE plan_editions SET prices = '[]' WHERE plan_id = 'team' AND revision = 0`,
    'plan_editions[team 0].prices',
  ],
  ['a lost edition of a plan', `DELETE FROM plan_editions WHERE plan_id = 'pro'`, 'plan_editions[pro 0]'],
  [
    'a checkpoint that is too early',
    `UPDATE projection_checkpoints SET commit_position = 0, prepare_position = 0`,
    'licenses',
  ],
  [
    'a checkpoint beyond the end of the log',
    `UPDATE projection_checkpoints SET commit_position = 9000000000000000000`,
    'projection_checkpoints.commit_position',
  ],
  [
    'a parked license',
    `INSERT INTO parked_streams VALUES ('${licenseStream(acme)}', gen_random_uuid(), 'InvoicePaid', 2, 'because')`,
    licenseStream(acme),
  ],
];

type Data = Record<string, unknown>;

/** A fault in the log: what a recorded event is turned into, its id made anew, so that no id gives it away. */
const eventFaults: readonly (readonly [what: string, event: string, change: (data: Data) => Data, figure: string])[] = [
  [
    'more credit than the formula gives',
    'SeatsReduced',
    (d) => ({ ...d, credit: { ...(d['credit'] as Data), amountMinor: 8_001 } }),
    'SeatsReduced.credit.amountMinor',
  ],
  [
    'a balance that does not follow',
    'SeatsReduced',
    (d) => ({ ...d, creditBalanceMinor: 7 }),
    'SeatsReduced.creditBalanceMinor',
  ],
  [
    'seat-days of another day',
    'SeatsReduced',
    (d) => ({ ...d, computation: { ...(d['computation'] as Data), remainingDays: 21 } }),
    'SeatsReduced.computation.remainingDays',
  ],
  [
    'another price than was paid',
    'SeatsReduced',
    (d) => ({ ...d, computation: { ...(d['computation'] as Data), unitPriceMinor: 999 } }),
    'SeatsReduced.computation.unitPriceMinor',
  ],
  [
    'an entry number that skips one',
    'CreditGranted',
    (d) => ({ ...d, credit: { ...(d['credit'] as Data), entryNumber: 'ACME.EXAMPLE-C0009' } }),
    'CreditGranted.credit.entryNumber',
  ],
  [
    'an invoice number that skips one',
    'InvoiceIssued',
    (d) => ({ ...d, invoiceNumber: 'ACME.EXAMPLE-0009' }),
    'InvoiceIssued.invoiceNumber',
  ],
  ['another gross', 'InvoiceIssued', (d) => ({ ...d, grossMinor: 1 }), 'InvoiceIssued.grossMinor'],
  ['another total', 'InvoiceIssued', (d) => ({ ...d, totalMinor: 1 }), 'InvoiceIssued.totalMinor'],
  [
    'credit that was not applied',
    'InvoiceIssued',
    (d) => ({ ...d, creditAppliedMinor: 1 }),
    'InvoiceIssued.creditAppliedMinor',
  ],
  [
    'grants used newest first',
    'InvoiceIssued',
    (d) => ({ ...d, grantsUsed: (d['grantsUsed'] as unknown[]).toReversed() }),
    'InvoiceIssued.grantsUsed[0]',
  ],
  ['another due date', 'InvoiceIssued', (d) => ({ ...d, dueOn: '2026-07-09' }), 'InvoiceIssued.dueOn'],
  [
    'a payment of more than was open',
    'InvoicePaid',
    (d) => ({ ...d, amountMinor: 99_999_999 }),
    'InvoicePaid.openMinor',
  ],
  [
    'time that goes back',
    'CreditGranted',
    (d) => ({ ...d, effectiveAt: '2026-06-01T10:00:00.000Z' }),
    'CreditGranted.effectiveAt goes back',
  ],
  [
    'a staff count that was not counted',
    'StaffDisabled',
    (d) => ({ ...d, activeStaff: 2 }),
    'StaffDisabled.activeStaff',
  ],
  [
    'a date for the plan that is no boundary',
    'PlanChangeScheduled',
    (d) => ({ ...d, effectiveOn: '2026-07-31' }),
    'PlanChangeScheduled.effectiveOn',
  ],
  [
    'a command that would have been refused',
    'SeatsReduced',
    (d) => ({ ...d, disabledStaff: ['s9'] }),
    'SeatsReduced.disabledStaff',
  ],
  [
    'arrival in time that was late',
    'ChangePropagated',
    (d) => ({ ...d, effectiveAt: '2026-07-30T00:00:00.000Z' }),
    'ChangePropagated.late',
  ],
];

describe.each(testDatabases())('verify on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: PlayedLedger;
  let trueLog: LedgerLog;

  beforeAll(async () => {
    database = await open();
    ledger = await PlayedLedger.open(database.connectionString);
    trueLog = logOf(ledger.store);
    await playStory();
    await ledger.project();
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  async function playStory(): Promise<void> {
    const { player } = ledger;
    const on = (date: string, command: Parameters<typeof player.run>[0]['command'], domain = 'acme.example') =>
      player.run({ domain, at: `${date}T10:00:00.000Z`, command });
    const pay = { type: 'RecordPayment', currency: 'USD', method: 'card', reference: 'r' } as const;
    const staff = (staffId: string) => ({ type: 'AddStaff', staffId, email: 'e', name: 'n', role: 'agent' }) as const;
    await player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
    await player.plan('pro', '2000-01-01T00:00:00.000Z', 2_000);
    await player.register('acme.example');
    await player.register('gone.example', { seats: 5 });
    await on('2026-06-02', { ...pay, invoiceNumber: 'ACME.EXAMPLE-0001', amountMinor: 60_000 });
    await on('2026-06-03', staff('s1'));
    await on('2026-06-03', staff('s2'));
    await on('2026-06-04', { type: 'DisableStaff', staffId: 's2' });
    await on('2026-06-05', { type: 'CancelLicense' }, 'gone.example');
    await on('2026-06-11', { type: 'ChangeSeats', seats: 48 });
    await on('2026-06-21', { type: 'ChangeSeats', seats: 55 });
    await on('2026-06-22', { type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: 'an outage' });
    await on('2026-07-01', { type: 'RollForward' });
    await on('2026-07-02', { ...pay, invoiceNumber: invoice, amountMinor: 10_000 });
    await on('2026-07-03', { type: 'ExtendDueDate', days: 5, reason: 'asked' });
    await on('2026-07-04', { type: 'ChangePlan', planId: 'pro' });
    await on('2026-07-10', { type: 'ChangeSeats', seats: 50 });
    await player.close('2026-06');
    await player.register('late.example', { seats: 2, startedOn: '2026-06-10' });
    await player.acknowledge('acme.example', 1, 2);
    await player.missDeadline('acme.example', 2);
  }

  const verify = async (db: Queryable = ledger.pool, log: LedgerLog = trueLog) => {
    const findings: Finding[] = [];
    const verified = await verifyLedger({ log, db, schema: ledgerSchema, report: (finding) => findings.push(finding) });
    expect(verified.findings).toBe(findings.length);
    return findings;
  };

  it('is silent when nothing is wrong', async () => {
    expect(await verify()).toEqual([]);
  });

  class Undone extends Error {}

  it.each(rowFaults)('finds %s', async (_, sql, figure) => {
    let findings: Finding[] = [];
    const planted = inTransaction(ledger.pool, async (client) => {
      await client.query(`SET LOCAL search_path TO ${ledgerSchema}`);
      const { rowCount } = await client.query(sql);
      expect(rowCount).toBeGreaterThan(0);
      findings = await verify(client);
      throw new Undone();
    });
    await expect(planted).rejects.toThrow(Undone);
    expect(findings.map((finding) => finding.figure).join('\n')).toContain(figure);
    const named = findings.find((finding) => finding.figure.includes(figure));
    if (named?.subject === 'row') expect(named.expected).not.toEqual(named.found);
  });

  it('names the license, the figure and the event', async () => {
    const [[, sql]] = rowFaults as [readonly [string, string, string]];
    let findings: Finding[] = [];
    const planted = inTransaction(ledger.pool, async (client) => {
      await client.query(`SET LOCAL search_path TO ${ledgerSchema}`);
      await client.query(sql);
      findings = await verify(client);
      throw new Undone();
    });
    await expect(planted).rejects.toThrow(Undone);
    expect(findings).toEqual([
      {
        subject: 'row',
        license: 'acme.example',
        figure: 'credit_entries[1].amount_minor',
        expected: 8_000,
        found: 8_001,
        event: { id: expect.any(String) as string, stream: licenseStream(acme), revision: 6 },
      },
    ]);
  });

  /** The log as somebody has changed it: each event may be another, several, or none. */
  const tampered = (change: (event: RecordedEvent) => readonly RecordedEvent[]): LedgerLog => {
    async function* changed(events: AsyncIterable<RecordedEvent>) {
      for await (const event of events) yield* change(event);
    }
    return {
      ...trueLog,
      after: (position) => changed(trueLog.after(position)),
      stream: (stream, from) => changed(trueLog.stream(stream, from)),
    };
  };
  const forged = (event: RecordedEvent, data: object): RecordedEvent => {
    const json = JSON.stringify(data);
    // The index of the event within its command: the first of them has the id that it gives.
    const index = [0, 1, 2].find(
      (at) => eventId(event.metadata.commandId, at, event.type, JSON.stringify(event.data)) === event.id,
    );
    return {
      ...event,
      data: JSON.parse(json) as unknown,
      id: eventId(event.metadata.commandId, index ?? 0, event.type, json),
    };
  };
  const isOfAcme = ({ stream, data }: RecordedEvent) =>
    stream === licenseStream(acme) || (data as { licenseId?: unknown }).licenseId === acme;
  /** The second of a kind, so that there is something before it: the first where there is no second. */
  const targeted = async (type: string) => {
    const found: RecordedEvent[] = [];
    for await (const event of trueLog.after('start')) if (event.type === type && isOfAcme(event)) found.push(event);
    return type === 'SeatsReduced' ? found[0] : (found[1] ?? found[0]);
  };

  it.each(eventFaults)('finds in the log %s', async (_, type, change, figure) => {
    const target = await targeted(type);
    const log = tampered((event) => (event.id === target?.id ? [forged(event, change(event.data as Data))] : [event]));
    const events = (await verify(ledger.pool, log)).filter(({ subject }) => subject === 'event');
    expect(events.map((finding) => finding.figure).join('\n')).toContain(figure);
    expect(events[0]).toMatchObject({ license: 'acme.example', event: { revision: Number(target?.revision) } });
  });

  it('finds an event whose content is not what its id was made of', async () => {
    const target = await targeted('StaffAdded');
    const log = tampered((event) =>
      event.id === target?.id ? [{ ...event, data: { ...(event.data as Data), name: 'x' } }] : [event],
    );
    expect((await verify(ledger.pool, log)).map(({ figure }) => figure)).toContain(
      'StaffAdded.id, as its content gives it',
    );
  });

  it.each([
    [
      'a lost event',
      (event: RecordedEvent) => (event.type === 'CreditGranted' ? [] : [event]),
      'InvoiceIssued.revision',
    ],
    [
      'a doubled event',
      (event: RecordedEvent) => (event.type === 'CreditGranted' ? [event, event] : [event]),
      'CreditGranted.revision',
    ],
    ['a lost invoice of a boundary', (event: RecordedEvent) => renumbered(event, 9), 'what was due before'],
  ])('finds in the log %s', async (_, change, figure) => {
    const figures = (await verify(ledger.pool, tampered(change))).map((finding) => finding.figure);
    expect(figures.join('\n')).toContain(figure);
  });

  /** Takes an event out of the stream of acme and closes the gap. */
  function renumbered(event: RecordedEvent, without: number): readonly RecordedEvent[] {
    if (event.stream !== licenseStream(acme)) return [event];
    const revision = Number(event.revision);
    if (revision === without) return [];
    return [revision < without ? event : { ...event, revision: event.revision - 1n }];
  }

  it('finds a checkpoint that was moved past events, and nothing any more when they are projected', async () => {
    const command = { type: 'ChangeSeats', seats: 49 } as const;
    await ledger.player.run({ domain: 'acme.example', at: '2026-07-11T10:00:00.000Z', command });
    const { commit, prepare } = await ledger.store.lastPosition();
    let findings: Finding[] = [];
    const planted = inTransaction(ledger.pool, async (client) => {
      await client.query(
        `UPDATE ${ledgerSchema}.projection_checkpoints SET commit_position = $1, prepare_position = $2`,
        [`${commit}`, `${prepare}`],
      );
      findings = await verify(client);
      throw new Undone();
    });
    await expect(planted).rejects.toThrow(Undone);
    expect(findings.map(({ figure }) => figure)).toEqual(
      expect.arrayContaining(['licenses.revision', 'credit_entries[6]', 'licenses.state.seats']),
    );
    expect(await verify()).toEqual([]);
    await ledger.project();
    expect(await verify()).toEqual([]);
  });
});
