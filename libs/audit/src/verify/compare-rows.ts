import type { Row } from '../books/rows.js';
import { differences } from './differences.js';
import type { EventPlace, Finding } from './finding.js';

/** The rows of one table, as the events have them and as they were found. */
export interface TableRows {
  readonly table: string;
  readonly key: readonly string[];
  readonly expected: readonly Row[];
  readonly found: readonly Row[];
}

/**
 * Holds the rows of one table against each other: what is missing, what is there without an event, and each column that
 * differs.
 *
 * @param eventOf the event that a row comes from
 */
export function compareRows(
  { table, key, expected, found }: TableRows,
  license: string | null,
  eventOf: (row: Row) => EventPlace | null,
): Finding[] {
  const nameOf = (row: Row): string => key.map((column) => String(row[column])).join(' ');
  const left = new Map(found.map((row) => [nameOf(row), row]));
  const findings: Finding[] = [];
  const tell = (row: Row, figure: string, rest: Pick<Finding, 'expected' | 'found'>) =>
    findings.push({ subject: 'row', license, figure, ...rest, event: eventOf(row) });

  for (const row of expected) {
    const name = nameOf(row);
    const other = left.get(name);
    left.delete(name);
    const where = name === '' ? table : `${table}[${name}]`;
    if (other === undefined) tell(row, where, { expected: 'a row', found: 'none' });
    else for (const { path, ...rest } of differences(row, other)) tell(row, `${where}.${path}`, rest);
  }
  for (const [name, row] of left) {
    tell(row, name === '' ? table : `${table}[${name}]`, { expected: 'no row', found: 'one that no event tells of' });
  }
  return findings;
}
