import { columnList, encodeColumn, type Column, type Columns, type RowOf } from './columns.js';
import type { Queryable } from './pool.js';

/** One statement that writes any number of rows: each column travels as one array. */
export interface BulkWrite<Row> {
  run(db: Queryable, schema: string, rows: Iterable<Row>): Promise<void>;
}

/** Inserts rows; a row whose key is there already replaces it. */
export function bulkUpsert<C extends Columns>(
  table: string,
  columns: C,
  key: readonly (keyof C & string)[],
): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  const assignments = list
    .filter(({ name }) => !key.includes(name))
    .map(({ name }) => `${name} = excluded.${name}`)
    .join(', ');
  const conflict = `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments}`;
  return statement(list, (schema) => `${insert(schema, table, list)} ${conflict}`);
}

/** Inserts rows that never change; a row whose key is there already is left as it is. */
export function bulkInsert<C extends Columns>(table: string, columns: C): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  return statement(list, (schema) => `${insert(schema, table, list)} ON CONFLICT DO NOTHING`);
}

/**
 * Inserts rows of which some columns come from elsewhere in the database: `joined` gives their expressions, over what
 * `join` adds to the rows that are given.
 */
export function bulkInsertFrom<C extends Columns>(
  table: string,
  columns: C,
  joined: Readonly<Record<string, string>>,
  join: (schema: string) => string,
): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  const names = [...list.map(({ name }) => name), ...Object.keys(joined)].join(', ');
  const values = [...list.map(({ name }) => `given.${name}`), ...Object.values(joined)].join(', ');
  return statement(
    list,
    (schema) => `INSERT INTO ${schema}.${table} (${names}) SELECT ${values} FROM ${given(list)} ${join(schema)}`,
  );
}

/**
 * Inserts rows that never change, and gives those that were not there yet to `then`, a statement on the table
 * `inserted`: what it adds up counts once, however often the rows are written.
 */
export function bulkInsertThen<C extends Columns>(
  table: string,
  columns: C,
  then: (schema: string) => string,
): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  return statement(
    list,
    (schema) => `WITH inserted AS (${insert(schema, table, list)} ON CONFLICT DO NOTHING RETURNING *) ${then(schema)}`,
  );
}

/** Changes the rows with these keys; `null` in a column that is not of the key leaves it as it is. */
export function bulkPatch<C extends Columns>(
  table: string,
  columns: C,
  key: readonly (keyof C & string)[],
): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  const assignments = list
    .filter(({ name }) => !key.includes(name))
    .map(({ name }) => `${name} = coalesce(given.${name}, kept.${name})`)
    .join(', ');
  const match = key.map((name) => `kept.${name} = given.${name}`).join(' AND ');
  return statement(
    list,
    (schema) => `UPDATE ${schema}.${table} AS kept SET ${assignments} FROM ${given(list)} WHERE ${match}`,
  );
}

/**
 * Changes the rows with these keys by expressions over what is `kept` and what is `given`, and gives them to `then`, a
 * statement on the tables `before` and `moved`: as they were, and as they have become. Unlike the others it may add to
 * what is there: running it twice is then not running it once.
 */
export function bulkUpdateThen<C extends Columns>(
  table: string,
  columns: C,
  key: readonly (keyof C & string)[],
  assignments: Readonly<Record<string, string>>,
  then: (schema: string) => string,
): BulkWrite<RowOf<C>> {
  const list = columnList(columns);
  const set = Object.entries(assignments).map(([name, expression]) => `${name} = ${expression}`);
  const match = key.map((name) => `kept.${name} = given.${name}`).join(' AND ');
  return statement(
    list,
    (schema) => `WITH given AS (SELECT * FROM ${given(list)}),
      before AS (SELECT kept.* FROM ${schema}.${table} AS kept JOIN given ON ${match}),
      moved AS (UPDATE ${schema}.${table} AS kept SET ${set.join(', ')} FROM given WHERE ${match} RETURNING kept.*)
      ${then(schema)}`,
  );
}

/** Deletes the rows with these keys. */
export function bulkDelete<C extends Columns>(table: string, key: C): BulkWrite<RowOf<C>> {
  const list = columnList(key);
  const match = list.map(({ name }) => `kept.${name} = given.${name}`).join(' AND ');
  return statement(list, (schema) => `DELETE FROM ${schema}.${table} AS kept USING ${given(list)} WHERE ${match}`);
}

function statement<Row>(columns: readonly Column[], textFor: (schema: string) => string): BulkWrite<Row> {
  return {
    async run(db, schema, rows) {
      const all = [...rows] as readonly Readonly<Record<string, unknown>>[];
      if (all.length === 0) return;
      const parameters = columns.map((column) => encodeColumn(column, all));
      await db.query(textFor(schema), parameters);
    },
  };
}

function insert(schema: string, table: string, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, type, nullable }) =>
    type === 'json' && nullable ? `CASE WHEN json_typeof(${name}) <> 'null' THEN ${name} END` : name,
  );
  return `INSERT INTO ${schema}.${table} (${names}) SELECT ${values.join(', ')} FROM ${given(columns)}`;
}

/** The parameters as rows. JSON comes as one array of its own: in an array literal each of its quotes would be escaped. */
function given(columns: readonly Column[]): string {
  const sources = columns.map(({ type }, index) =>
    type === 'json' ? `json_array_elements($${index + 1}::json)` : `unnest($${index + 1}::${type}[])`,
  );
  return `ROWS FROM (${sources.join(', ')}) AS given (${columns.map(({ name }) => name).join(', ')})`;
}
