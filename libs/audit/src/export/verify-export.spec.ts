import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyExport } from '#audit';
import { creditHash, type CreditEntry } from '#contracts';
import { ledgerOf, Scenario, TestLog } from '#testing';

/** What a customer's three months leave in the credit ledger: granted, taken back, given, used. */
function entriesOf(domain: string): CreditEntry[] {
  const scenario = Scenario.license({ domain }).payAll();
  scenario.at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
  scenario.at('2026-06-21').when({ type: 'ChangeSeats', seats: 60 });
  scenario.when({ type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: `=sorry, "${domain}"` });
  scenario.nextCycle().at('2026-07-11').when({ type: 'ChangeSeats', seats: 10 });
  const log = new TestLog().license(scenario.state.licenseId, scenario.events);
  return ledgerOf(log.events, scenario.catalogue).credits;
}

const acme = entriesOf('acme.example');
const other = entriesOf('other.example');
/** As the list gives them: by their effective times, the licenses among each other. */
const all = [...acme, ...other].sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1));

/** Somebody who changes an entry can also compute its hash anew. */
const sealed = (entry: CreditEntry): CreditEntry => ({ ...entry, hash: creditHash(entry) });
const withEntry = (index: number, change: (entry: CreditEntry) => CreditEntry) =>
  acme.map((entry, at) => (at === index ? change(entry) : entry));

describe('an exported credit ledger', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seat-ledger-spec-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const asLines = (entries: readonly object[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const check = async (file: string, earlier?: string) => {
    const faults: string[] = [];
    const summary = await verifyExport(file, ({ line, fault }) => faults.push(`${line}: ${fault}`), earlier);
    return { ...summary, faults };
  };
  const checkEntries = (entries: readonly object[], earlier?: string) =>
    check(write('export.ndjson', asLines(entries)), earlier);

  it.each([
    ['an entry to a line', asLines(all)],
    [
      'a page to a line',
      asLines([
        { items: all.slice(0, 3), nextCursor: 'x' },
        { items: all.slice(3), nextCursor: null },
      ]),
    ],
    ['CSV', csvOf(all)],
  ])('holds, as %s', async (_, text) => {
    expect(await check(write('export', text))).toMatchObject({ entries: 10, licenses: 2, cut: 0, faults: [] });
  });

  it('has the same fingerprint in every form, and another one with another entry', async () => {
    const [lines, csv] = [await checkEntries(all), await check(write('export.csv', csvOf(all)))];
    expect(csv.fingerprint).toBe(lines.fingerprint);
    expect((await checkEntries(all.slice(0, -1))).fingerprint).not.toBe(lines.fingerprint);
  });

  it.each<[string, CreditEntry[], string]>([
    ['a changed amount', withEntry(0, (e) => ({ ...e, amount: { ...e.amount, amount: 1 } })), '1: its hash is not'],
    ['a changed reason', withEntry(2, (e) => ({ ...e, reason: 'sorry' })), '3: its hash is not'],
    ['a changed hash', withEntry(1, (e) => ({ ...e, hash: acme[0]?.hash ?? '' })), '2: its hash is not'],
    [
      'a changed entry, hashed anew',
      withEntry(2, (e) => sealed({ ...e, reason: 'sorry' })),
      '4: it does not name the hash',
    ],
    ['a lost entry', acme.filter((_, at) => at !== 2), '3: number 3 is missing'],
    [
      'a doubled entry',
      acme.flatMap((entry, at) => (at === 1 ? [entry, entry] : [entry])),
      '3: it comes after number 2',
    ],
    ['entries out of order', acme.toReversed(), '2: it comes after number 5'],
    [
      'an amount that its figures do not give, hashed anew',
      withEntry(4, (e) => sealed({ ...e, amount: { ...e.amount, amount: e.amount.amount + 1 } })),
      '5: its amount is',
    ],
    [
      'a balance that does not follow, hashed anew',
      withEntry(4, (e) => sealed({ ...e, balanceAfter: { ...e.balanceAfter, amount: 1 } })),
      '5: its balance is 1',
    ],
    [
      'a cycle without days',
      withEntry(0, (e) => sealed({ ...e, computation: e.computation && { ...e.computation, cycleDays: 0 } })),
      '1: its amount is',
    ],
    [
      'a balance below zero, hashed anew',
      withEntry(3, (e) =>
        sealed({ ...e, amount: { ...e.amount, amount: -4501 }, balanceAfter: { ...e.balanceAfter, amount: -1 } }),
      ),
      '4: its balance is negative',
    ],
    [
      'a history without its beginning that says it is whole',
      acme.slice(1).map((e, at) => (at ? e : sealed({ ...e, previousHash: null }))),
      '1: it names no entry before it',
    ],
    [
      'another currency',
      withEntry(4, (e) => sealed({ ...e, amount: { ...e.amount, currency: 'EUR' } })),
      '5: it has several currencies',
    ],
  ])('shows %s', async (_, entries, fault) => {
    expect((await checkEntries(entries)).faults.join('\n')).toContain(fault);
  });

  it('says of how many licenses it holds the end alone', async () => {
    expect(await checkEntries([...acme.slice(2), ...other])).toMatchObject({ cut: 1, faults: [] });
  });

  describe('beside an earlier one', () => {
    const earlier = () => write('earlier.csv', csvOf(acme.slice(0, 3)));

    it('holds when it goes on from there', async () => {
      expect((await checkEntries(all, earlier())).faults).toEqual([]);
    });

    it('shows a history that was written anew from its beginning', async () => {
      let previousHash: string | null = null;
      const rewritten = acme.map((entry) => {
        const made: CreditEntry = sealed({ ...entry, reason: 'another', previousHash });
        previousHash = made.hash;
        return made;
      });
      expect((await checkEntries(rewritten)).faults).toEqual([]);
      expect((await checkEntries(rewritten, earlier())).faults.join()).toContain('3: the earlier export has it');
    });

    it('shows what was cut off', async () => {
      expect((await checkEntries(acme.slice(0, 2), earlier())).faults.join()).toContain(
        'entry number 3 of the license',
      );
    });
  });

  it.each([
    ['a page without entries', '{"items": 5}', 'Line 1 is no credit entry'],
    ['JSON over several lines', '{"entryId":\n"A-C0001"}', 'Line 1 is no JSON'],
    ['half a cent', asLines([{ ...acme[0], amount: { amount: 0.5, currency: 'USD' } }]), 'Line 1 is no credit entry'],
    ['a table of other columns', 'entryId,kind\r\nA,granted\r\n', 'has no column licenseId'],
    ['a word for a number', csvOf(acme).replace('8000', 'many'), 'Line 2 is no credit entry'],
    ['quotes in the wrong place', csvOf(acme).replace('"\'=sorry', 's"orry'), 'The file is no CSV'],
  ])('is refused when it has %s', async (_, text, message) => {
    await expect(check(write('none', text))).rejects.toThrow(message);
  });
});

/** In the columns of the CSV export, formulas made harmless as there. */
function csvOf(entries: readonly CreditEntry[]): string {
  const rows = entries.map((entry) => ({
    ...{ entryId: entry.entryId, licenseId: entry.licenseId, kind: entry.kind, currency: entry.amount.currency },
    ...{ amountMinor: entry.amount.amount, balanceAfterMinor: entry.balanceAfter.amount },
    ...{ effectiveAt: entry.effectiveAt, recordedAt: entry.recordedAt },
    ...{ changeId: entry.changeId, invoiceNumber: entry.invoiceNumber },
    reason: entry.reason && `"'${entry.reason.replaceAll('"', '""')}"`,
    ...(({ seats, seatDaysBefore, seatDaysAfter, cycleDays }) => ({ seats, seatDaysBefore, seatDaysAfter, cycleDays }))(
      entry.computation ?? { seats: null, seatDaysBefore: null, seatDaysAfter: null, cycleDays: null },
    ),
    unitPriceMinor: entry.computation?.unitPrice.amount ?? null,
    ...{ eventId: entry.event.id, eventStream: entry.event.stream, eventRevision: entry.event.revision },
    ...{ previousHash: entry.previousHash, hash: entry.hash },
  }));
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => `${cells.map((cell) => cell ?? '').join(',')}\r\n`)
    .join('');
}
