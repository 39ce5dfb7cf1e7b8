import { inspect } from 'node:util';
import { UnwritableValue } from './data-error.js';

interface ValueOf {
  readonly uuid: string;
  readonly text: string;
  readonly date: string;
  readonly timestamptz: string;
  readonly int4: number;
  readonly int8: number | bigint;
  readonly bool: boolean;
  /** JSON text: it is built once, and not again on its way to the database. */
  readonly json: string;
}

type BaseType = keyof ValueOf;
/** A PostgreSQL type; with `?` the column may be NULL. */
export type ColumnType = BaseType | `${BaseType}?`;
export type Columns = Readonly<Record<string, ColumnType>>;

/** The row that columns describe, as it is written. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends `${infer T extends BaseType}?`
    ? ValueOf[T] | null
    : C[K] extends BaseType
      ? ValueOf[C[K]]
      : never;
};

export interface Column {
  readonly name: string;
  readonly type: BaseType;
  readonly nullable: boolean;
}

export function columnList(columns: Columns): readonly Column[] {
  return Object.entries(columns).map(([name, declared]) => ({
    name,
    type: (declared.endsWith('?') ? declared.slice(0, -1) : declared) as BaseType,
    nullable: declared.endsWith('?'),
  }));
}

/** One column of many rows as the text of a parameter: an array literal, for json a JSON array. */
export function encodeColumn({ name, type, nullable }: Column, rows: readonly Row[]): string {
  const encode = encoders[type];
  const none = type === 'json' ? 'null' : 'NULL';
  let text = '';
  for (let index = 0; index < rows.length; index += 1) {
    const value = rows[index]?.[name];
    const encoded = value === null && nullable ? none : encode(value);
    if (encoded === undefined) throw new UnwritableValue(`column ${name} takes ${type}, not ${inspect(value)}`);
    text += index === 0 ? encoded : `,${encoded}`;
  }
  return type === 'json' ? `[${text}]` : `{${text}}`;
}

type Row = Readonly<Record<string, unknown>>;

/** Each answers undefined for what is no value of its type. */
const encoders: Readonly<Record<BaseType, (value: unknown) => string | undefined>> = {
  uuid: quoted,
  text: quoted,
  date: quoted,
  timestamptz: quoted,
  int4: integer,
  int8: (value) => (typeof value === 'bigint' ? String(value) : integer(value)),
  bool: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  json: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

const special = /["\\\0]/;

function quoted(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (!special.test(value)) return `"${value}"`;
  // PostgreSQL has no text with NUL, and a driver that sends one may lose its place in the protocol.
  return value.includes('\0') ? undefined : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function integer(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
