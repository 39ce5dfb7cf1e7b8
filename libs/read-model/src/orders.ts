import { sql, type SelectQueryBuilder } from 'kysely';
import { keysetCursor, pageOf, type Cursor, type CursorSchema, type Keyset, type PageQuery } from '#http';
import type { List } from '#contracts';

type Sort<Name extends string> = Name | `-${Name}`;

/**
 * The orders in which a list can be had, each by the columns of its keyset: `name` upwards, `-name` downwards. The last
 * column, or all of them together, must tell any two rows apart, and an index must begin with them: then a page costs
 * what it holds, wherever it is.
 */
export class ListOrders<Name extends string> {
  /** What `sort` may be. */
  readonly sorts: readonly Sort<Name>[];
  readonly #orders: ReadonlyMap<string, ListOrder>;

  constructor(keysets: Readonly<Record<Name, CursorSchema>>) {
    const names = Object.keys(keysets) as Name[];
    this.sorts = names.flatMap((name) => [name, `-${name}` as const]);
    this.#orders = new Map(
      names.flatMap((name) => [
        [name, new ListOrder(name, keysets[name], false)],
        [`-${name}`, new ListOrder(`-${name}`, keysets[name], true)],
      ]),
    );
  }

  /** @throws RangeError for a sort that is none of `sorts`, which validation has refused before */
  by(sort: Sort<Name>): ListOrder {
    const order = this.#orders.get(sort);
    if (order === undefined) throw new RangeError(`${sort} is no order of this list`);
    return order;
  }
}

/** One order of a list. Its cursors say which it is, and those of another are refused. */
export class ListOrder {
  readonly #cursor: Cursor<Keyset<CursorSchema>>;
  readonly #columns: readonly string[];

  constructor(
    name: string,
    keyset: CursorSchema,
    private readonly descending: boolean,
  ) {
    this.#cursor = keysetCursor(keyset, name);
    this.#columns = Object.keys(keyset);
  }

  /** The page of what the query finds that comes after the request's cursor. */
  async page<DB, TB extends keyof DB, Row extends object>(
    query: SelectQueryBuilder<DB, TB, Row>,
    { limit, cursor }: PageQuery,
  ): Promise<List<Row>> {
    let found = query.limit(limit + 1);
    for (const column of this.#columns) found = found.orderBy(sql.ref(column), this.descending ? 'desc' : 'asc');
    if (cursor !== undefined) {
      const after = this.#cursor.decode(cursor);
      const columns = sql.join(this.#columns.map((column) => sql.ref(column)));
      const values = sql.join(this.#columns.map((column) => after[column]));
      found = found.where(sql<boolean>`(${columns}) ${sql.raw(this.descending ? '<' : '>')} (${values})`);
    }
    const rows = (await found.execute()) as Row[];
    return pageOf(rows, limit, this.#cursor, (row) => row as unknown as Keyset<CursorSchema>);
  }
}
