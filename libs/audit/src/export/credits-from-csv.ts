import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { creditHash, type CreditEntry } from '#contracts';
import { UnreadableExport, type FiledEntry } from './filed-entry.js';
import { isEntry } from './is-entry.js';

type Cells = Readonly<Record<string, string>>;

interface Parsed {
  readonly record: Cells;
  readonly info: { readonly lines: number };
}

/** The columns that an entry is made of; a file may have others. */
const needed = [
  ...['entryId', 'licenseId', 'kind', 'currency', 'amountMinor', 'balanceAfterMinor', 'effectiveAt', 'recordedAt'],
  ...['changeId', 'invoiceNumber', 'reason', 'seats', 'seatDaysBefore', 'seatDaysAfter', 'cycleDays'],
  ...['unitPriceMinor', 'eventId', 'eventStream', 'eventRevision', 'previousHash', 'hash'],
];

export async function* fromCsv(file: string): AsyncGenerator<FiledEntry, void, undefined> {
  const parser = parse({ bom: true, columns: (head: string[]) => checkedHead(head), info: true });
  const source = createReadStream(file).on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      const { lines: line } = info;
      const entry = entryOf(record);
      if (!isEntry(entry)) throw new UnreadableExport(`Line ${line} is no credit entry.`);
      yield { entry, line };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableExport(`The file is no CSV: ${error.message}`);
    throw error;
  } finally {
    source.destroy();
  }
}

function checkedHead(head: readonly string[]): string[] {
  const missing = needed.filter((name) => !head.includes(name));
  if (missing.length > 0) {
    throw new UnreadableExport(`The file has no column ${missing.join(', ')}: export it from GET /v1/credits.`);
  }
  return [...head];
}

function entryOf(cells: Cells): CreditEntry {
  const text = (name: string): string => cells[name] ?? '';
  const textOrNull = (name: string): string | null => text(name) || null;
  const integer = (name: string): number => (/^-?\d+$/.test(text(name)) ? Number(text(name)) : NaN);
  const currency = text('currency');
  const money = (name: string) => ({ amount: integer(name), currency });
  const entry: CreditEntry = {
    entryId: text('entryId'),
    licenseId: text('licenseId'),
    kind: text('kind') as CreditEntry['kind'],
    amount: money('amountMinor'),
    balanceAfter: money('balanceAfterMinor'),
    effectiveAt: text('effectiveAt'),
    recordedAt: text('recordedAt'),
    changeId: textOrNull('changeId'),
    invoiceNumber: textOrNull('invoiceNumber'),
    reason: textOrNull('reason'),
    computation:
      text('seatDaysAfter') === ''
        ? null
        : {
            seats: integer('seats'),
            seatDaysBefore: integer('seatDaysBefore'),
            seatDaysAfter: integer('seatDaysAfter'),
            cycleDays: integer('cycleDays'),
            unitPrice: money('unitPriceMinor'),
          },
    event: { id: text('eventId'), stream: text('eventStream'), revision: integer('eventRevision') },
    previousHash: textOrNull('previousHash'),
    hash: text('hash'),
  };
  return withReasonAsWritten(entry);
}

/**
 * Before a text that a spreadsheet would take for a formula the export has put an apostrophe. Whether one that is there
 * was the customer's own, nobody can see; the hash knows.
 */
function withReasonAsWritten(entry: CreditEntry): CreditEntry {
  if (!entry.reason?.startsWith("'")) return entry;
  const without = { ...entry, reason: entry.reason.slice(1) };
  return creditHash(without) === entry.hash ? without : entry;
}
