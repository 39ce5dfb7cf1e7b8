import type { Money } from '#contracts';
import { formatMinor } from '#money';

/** A number that a double does not hold exactly, written out. */
export class Decimal {
  constructor(readonly digits: string) {}
}

/** What stands in a cell. Text is made harmless to spreadsheets; numbers stay numbers; `null` is an empty cell. */
export type Cell = string | number | boolean | Decimal | null;

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => Cell;
}

/** How the items of a list become a CSV file. */
export interface CsvTable<Item> {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: (item: Item) => readonly Cell[][];
}

/** A table with a row for each item. */
export function csvTable<Item>(name: string, columns: readonly Column<Item>[]): CsvTable<Item> {
  return csvTableOf(name, (item) => [item], columns);
}

/** A table with a row for each part of an item, such as a line of an entry. */
export function csvTableOf<Item, Part>(
  name: string,
  parts: (item: Item) => readonly Part[],
  columns: readonly Column<Part>[],
): CsvTable<Item> {
  return {
    name,
    head: columns.map((each) => each.name),
    rows: (item) => parts(item).map((part) => columns.map(({ cell }) => cell(part))),
  };
}

export function column<Row>(name: string, cell: (row: Row) => Cell): Column<Row> {
  return { name, cell };
}

/** Fields of a row as columns of their names. */
export function fields<Row>(...names: readonly (keyof Row & string)[]): Column<Row>[] {
  return names.map((name) => column(name, (row) => row[name] as Cell));
}

/** An amount as whole minor units, for sums, and as a decimal in the currency's own digits, for people. */
export function amounts<Row>(name: string, of: (row: Row) => Money | null): Column<Row>[] {
  return [
    column(`${name}Minor`, (row) => of(row)?.amount ?? null),
    column(name, (row) => {
      const money = of(row);
      return money && new Decimal(formatMinor(money.amount, money.currency));
    }),
  ];
}
