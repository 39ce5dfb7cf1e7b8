import type { Queryable } from '#projection-engine';

/** A table whose rows differ between two schemas, and whose license they are; null for tables without one. */
export interface SchemaDifference {
  readonly table: string;
  readonly licenseId: string | null;
}

/** Two schemas of the same shape. */
export interface SchemaPair {
  readonly serving: string;
  readonly rebuilt: string;
}

interface Table {
  readonly name: string;
  readonly isOfLicense: boolean;
  /** What is compared of a row: json as jsonb, which knows equality; the time of parking is the projector's own. */
  readonly columns: string;
}

const bookkeeping = ['schema_migrations', 'projection_checkpoints'];
const first = '00000000-0000-0000-0000-000000000000';
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Holds the rows of two schemas against each other, as they stand in one statement. */
export class SchemaComparison {
  private constructor(
    private readonly pair: SchemaPair,
    private readonly tables: readonly Table[],
  ) {}

  /** Reads which tables there are. */
  static async of(db: Queryable, pair: SchemaPair): Promise<SchemaComparison> {
    const { rows } = await db.query<Table>(
      `SELECT c.table_name AS name, bool_or(c.column_name = 'license_id') AS "isOfLicense",
         string_agg(CASE WHEN c.data_type = 'json' THEN c.column_name || '::jsonb' ELSE c.column_name END, ', '
           ORDER BY c.ordinal_position) AS columns
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = $1 AND t.table_type = 'BASE TABLE' AND c.column_name <> 'parked_at'
         AND NOT c.table_name = ANY ($2)
       GROUP BY c.table_name ORDER BY c.table_name`,
      [pair.serving, bookkeeping],
    );
    return new SchemaComparison(pair, rows);
  }

  /** Where to cut the licenses so that each part has so many. */
  async cuts(db: Queryable, size: number): Promise<string[]> {
    const cuts: string[] = [first];
    for (;;) {
      const { rows } = await db.query<{ license_id: string }>(
        `SELECT license_id FROM ${this.pair.serving}.licenses WHERE license_id > $1 ORDER BY license_id OFFSET $2 LIMIT 1`,
        [cuts.at(-1), size],
      );
      if (rows[0] === undefined) return [...cuts, last];
      cuts.push(rows[0].license_id);
    }
  }

  /** Differences among the licenses from one id up to, not including, another. */
  ofRange(db: Queryable, from: string, before: string): Promise<SchemaDifference[]> {
    return this.#ofLicenses(db, `license_id >= $1 AND license_id ${before === last ? '<=' : '<'} $2`, [from, before]);
  }

  ofLicenses(db: Queryable, licenseIds: readonly string[]): Promise<SchemaDifference[]> {
    return licenseIds.length === 0
      ? Promise.resolve([])
      : this.#ofLicenses(db, 'license_id = ANY ($1::uuid[])', [licenseIds]);
  }

  /** Differences in what belongs to no license. There is little of it. */
  async ofRest(db: Queryable): Promise<SchemaDifference[]> {
    const differences: SchemaDifference[] = [];
    for (const { name, columns } of this.tables.filter(({ isOfLicense }) => !isOfLicense)) {
      // Totals that have come to nothing are as good as none.
      const where = name === 'journal_totals' ? 'WHERE debit_minor <> 0 OR credit_minor <> 0' : '';
      const { rows } = await db.query<{ differs: boolean }>(
        `SELECT EXISTS (${this.#differing(name, columns, where)}) AS differs`,
      );
      if (rows[0]?.differs) differences.push({ table: name, licenseId: null });
    }
    return differences;
  }

  async #ofLicenses(db: Queryable, condition: string, parameters: unknown[]): Promise<SchemaDifference[]> {
    const parts = this.tables
      .filter(({ isOfLicense }) => isOfLicense)
      .map(({ name, columns }) => {
        const rows = this.#differing(name, columns, `WHERE ${condition}`);
        return `SELECT DISTINCT '${name}' AS table, license_id AS "licenseId" FROM (${rows}) AS differing`;
      });
    const { rows } = await db.query<SchemaDifference>(parts.join(' UNION ALL '), parameters);
    return rows;
  }

  /** Rows that one of the two has, and the other has not. */
  #differing(table: string, columns: string, where: string): string {
    const { serving, rebuilt } = this.pair;
    const rows = (schema: string): string => `SELECT ${columns} FROM ${schema}.${table} ${where}`;
    return `(${rows(serving)} EXCEPT ALL ${rows(rebuilt)}) UNION ALL (${rows(rebuilt)} EXCEPT ALL ${rows(serving)})`;
  }
}
