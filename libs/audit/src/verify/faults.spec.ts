import { logOf, verifyLedger, type Finding, type LedgerLog } from '#audit';
import { eventId, type RecordedEvent } from '#event-store';
import { licenseStream } from '#license';
import { inTransaction, type Queryable } from '#projection-engine';
import { ledgerSchema } from '#read-model';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';
import { acme, eventFaults, invoice, rowFaults, type Data } from '../spec-support/faults.js';

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
    const staff = (staffId: string, key: number) =>
      ({ type: 'AddStaff', staffId, person: { key, sealed: 'c2VhbGVk' }, role: 'agent' }) as const;
    await player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
    await player.plan('pro', '2000-01-01T00:00:00.000Z', 2_000);
    await player.register('acme.example');
    await player.register('gone.example', { seats: 5 });
    await on('2026-06-02', { ...pay, invoiceNumber: 'ACME.EXAMPLE-0001', amountMinor: 60_000 });
    await on('2026-06-03', staff('s1', 1));
    await on('2026-06-03', staff('s2', 1));
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
    await on('2026-07-11', { type: 'ErasePersonalData' });
    await on('2026-07-12', staff('s3', 2));
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

  /** What is found when rows are changed so; they are as they were afterwards. */
  const verifyWith = async (sql: string): Promise<Finding[]> => {
    let findings: Finding[] = [];
    const planted = inTransaction(ledger.pool, async (client) => {
      await client.query(`SET LOCAL search_path TO ${ledgerSchema}`);
      const { rowCount } = await client.query(sql);
      expect(rowCount).toBeGreaterThan(0);
      findings = await verify(client);
      throw new Undone();
    });
    await expect(planted).rejects.toThrow(Undone);
    return findings;
  };

  it.each(rowFaults)('finds %s', async (_, sql, figure) => {
    const findings = await verifyWith(sql);
    expect(findings.map((finding) => finding.figure).join('\n')).toContain(figure);
    const named = findings.find((finding) => finding.figure.includes(figure));
    if (named?.subject === 'row') expect(named.expected).not.toEqual(named.found);
  });

  it('names the license, the figure and the event', async () => {
    const [[, sql]] = rowFaults as [readonly [string, string, string]];
    const findings = await verifyWith(sql);
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
      event.id === target?.id ? [{ ...event, data: { ...(event.data as Data), role: 'x' } }] : [event],
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
    const findings = await verifyWith(
      `UPDATE projection_checkpoints SET commit_position = ${commit}, prepare_position = ${prepare}`,
    );
    expect(findings.map(({ figure }) => figure)).toEqual(
      expect.arrayContaining(['licenses.revision', 'credit_entries[6]', 'licenses.state.seats']),
    );
    expect(await verify()).toEqual([]);
    await ledger.project();
    expect(await verify()).toEqual([]);
  });
});
