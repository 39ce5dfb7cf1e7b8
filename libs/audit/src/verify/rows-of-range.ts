import type { Position } from '#event-store';
import type { Queryable } from '#projection-engine';
import { licenseTableNames, licenseTables, type LicenseTable, type Row } from '../books/rows.js';
import type { Parked } from './parked.js';

/** The licenses whose rows are read together: from one id up to, not including, another; to the end where there is none. */
export interface LicenseRange {
  readonly from: string;
  readonly before: string | null;
}

/** How a schema stood when rows of it were read. */
interface Standing {
  /** 'start' when nothing was projected. */
  readonly checkpoint: Position | 'start';
  readonly parked: Parked;
}

/** The rows of one license, by their tables. */
export type LicenseTables = { readonly [T in LicenseTable]?: readonly Row[] };

export interface RangeRows extends Standing {
  readonly licenses: Map<string, LicenseTables>;
}

/** The tables that belong to no license. */
export interface CommonRows extends Standing {
  readonly plans: readonly Row[];
  readonly closings: readonly Row[];
}

export const firstLicense = '00000000-0000-0000-0000-000000000000';
const lastLicense = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Reads all rows of a range of licenses in one statement: whatever is projected or switched meanwhile, they are as they
 * stood together at one checkpoint, and no transaction keeps the projector waiting.
 */
export async function rowsOfRange(db: Queryable, schema: string, { from, before }: LicenseRange): Promise<RangeRows> {
  const range = `license_id >= $1 AND license_id ${before === null ? '<=' : '<'} $2`;
  const columns = licenseTableNames.map((table) => column(`${schema}.${table} AS r WHERE ${range}`, table));
  const row = await oneRow<Record<LicenseTable, Row[]>>(db, schema, columns, [from, before ?? lastLicense]);
  const licenses = new Map<string, Record<string, Row[]>>();
  for (const table of licenseTableNames) {
    for (const each of row[table]) {
      const licenseId = String(each['license_id']);
      const tables = licenses.get(licenseId) ?? {};
      licenses.set(licenseId, tables);
      (tables[table] ??= []).push(withInstants(each, licenseTables[table].instants));
    }
  }
  return { licenses, ...standingOf(row) };
}

/** The editions of all plans and the months that were closed, read in the same way. */
export async function commonRows(db: Queryable, schema: string): Promise<CommonRows> {
  const columns = [
    column(`${schema}.plan_editions AS r`, 'plans'),
    column(`${schema}.accounting_closings AS r`, 'closings'),
  ];
  const row = await oneRow<{ plans: Row[]; closings: Row[] }>(db, schema, columns, []);
  return {
    plans: row.plans.map((each) => withInstants(each, ['effective_at'])),
    closings: row.closings.map((each) => withInstants(each, ['closed_at'])),
    ...standingOf(row),
  };
}

interface StandingColumns {
  readonly commit_position: string | null;
  readonly prepare_position: string | null;
  readonly parked: readonly { readonly stream: string; readonly revision: number }[];
}

function column(from: string, name: string): string {
  return `(SELECT coalesce(json_agg(r), '[]') FROM ${from}) AS ${name}`;
}

async function oneRow<T>(
  db: Queryable,
  schema: string,
  columns: readonly string[],
  parameters: readonly string[],
): Promise<T & StandingColumns> {
  const checkpoint = `FROM ${schema}.projection_checkpoints`;
  const standing = [
    `(SELECT commit_position::text ${checkpoint}) AS commit_position`,
    `(SELECT prepare_position::text ${checkpoint}) AS prepare_position`,
    `(SELECT coalesce(json_agg(json_build_object('stream', stream, 'revision', revision)), '[]')
      FROM ${schema}.parked_streams) AS parked`,
  ];
  const { rows } = await db.query<T & StandingColumns>(`SELECT ${[...columns, ...standing].join(', ')}`, [
    ...parameters,
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('a statement without FROM answers one row');
  return row;
}

function standingOf({ commit_position, prepare_position, parked }: StandingColumns): Standing {
  return {
    checkpoint:
      commit_position === null || prepare_position === null
        ? 'start'
        : { commit: BigInt(commit_position), prepare: BigInt(prepare_position) },
    parked: new Map(parked.map(({ stream, revision }) => [stream, BigInt(revision)])),
  };
}

/** JSON has an instant as text with microseconds and an offset. */
function withInstants(row: Row, columns: readonly string[]): Row {
  const instants = columns.map((name) => {
    const value = row[name];
    return [name, typeof value === 'string' ? new Date(value).toISOString() : value];
  });
  return { ...row, ...Object.fromEntries(instants) };
}
