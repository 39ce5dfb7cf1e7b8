import type { List } from '#contracts';

/** The same page with each row as its answer. */
export function mapPage<Row, Item>({ items, nextCursor }: List<Row>, map: (row: Row) => Item): List<Item> {
  return { items: items.map(map), nextCursor };
}
