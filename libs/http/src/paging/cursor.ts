import type { List } from '#contracts';
import { invalidValue } from '../problem/problem-exception.js';
import { isLocalDate, isUuid, toInstant } from '../validation/values.js';

const KINDS = {
  string: (value: unknown) => typeof value === 'string' && !/[\0\p{Surrogate}]/u.test(value),
  integer: Number.isSafeInteger,
  /** A bigint as text. */
  digits: (value: unknown) => typeof value === 'string' && /^\d{1,18}$/.test(value),
  uuid: isUuid,
  date: isLocalDate,
  instant: (value: unknown) => toInstant(value) === value,
} satisfies Record<string, (value: unknown) => boolean>;

type Kind = keyof typeof KINDS;
/** The columns of a sort key, and what kind of value each holds. */
export type CursorSchema = Readonly<Record<string, Kind>>;

export type Keyset<S extends CursorSchema> = { readonly [K in keyof S]: S[K] extends 'integer' ? number : string };

export interface Cursor<T> {
  encode(key: T): string;
  /** @throws ProblemException `validation-failed` for what is not a cursor of this list. */
  decode(text: string): T;
}

/**
 * The cursor of a list: the sort key of the last row that was given out. What comes back is checked against `schema`,
 * so that a forged one can't reach the database.
 *
 * @param order which order of the list the key is of, where it has several: the others refuse its cursors
 */
export function keysetCursor<const S extends CursorSchema>(schema: S, order?: string): Cursor<Keyset<S>> {
  const names = Object.keys(schema);
  const head = order === undefined ? [] : [order];
  const meant = `must be the nextCursor of an earlier page of this list${order === undefined ? '' : ' in the same order'}`;
  return {
    encode: (key) => Buffer.from(JSON.stringify([...head, ...names.map((name) => key[name])])).toString('base64url'),
    decode(text) {
      const [given, values] = cut(parse(text) ?? [], head.length);
      const isOfOrder = given.length === head.length && given.every((name, i) => name === head[i]);
      const isKey = values.length === names.length && names.every((name, i) => KINDS[schema[name] as Kind](values[i]));
      if (!isOfOrder || !isKey) throw invalidValue('cursor', meant);
      return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Keyset<S>;
    },
  };
}

/** Makes a page of the rows that a query for `limit + 1` found; `keyOf` gives a row's sort key. */
export function pageOf<Row, Key>(
  rows: readonly Row[],
  limit: number,
  cursor: Cursor<Key>,
  keyOf: (row: Row) => Key,
): List<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursor.encode(keyOf(last)) : null };
}

function cut(values: readonly unknown[], at: number): [readonly unknown[], readonly unknown[]] {
  return [values.slice(0, at), values.slice(at)];
}

function parse(text: string): readonly unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}
