import { stringify, type Options } from 'csv-stringify/sync';
import { Decimal, type CsvTable } from './table.js';

/**
 * RFC 4180. A text that a spreadsheet could take for a formula gets an apostrophe before it; what the columns say is a
 * number is written as one, also when it is negative.
 */
const format: Options = {
  record_delimiter: 'windows',
  escape_formulas: true,
  cast: {
    boolean: String,
    object: (value) => {
      if (!(value instanceof Decimal)) throw new TypeError('a cell holds text, a number, a boolean or null');
      const { digits } = value;
      // The options are read anew for each cell that brings its own, so only those do that need it.
      return digits.startsWith('-') ? { value: digits, escape_formulas: false } : digits;
    },
  },
};

/**
 * A table as CSV: its head, then the text of each chunk of items, made when the one before has been taken. What is in
 * memory at any moment is one chunk.
 */
export async function* csvText<Item>(
  table: CsvTable<Item>,
  chunks: AsyncIterable<readonly Item[]>,
): AsyncGenerator<string, void, undefined> {
  yield csvHead(table);
  for await (const items of chunks) {
    const rows = items.flatMap(table.rows);
    if (rows.length > 0) yield stringify(rows, format);
  }
}

/** The line of column names. */
export function csvHead({ head }: Pick<CsvTable<never>, 'head'>): string {
  return stringify([head], format);
}
