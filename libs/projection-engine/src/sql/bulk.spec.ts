import type pg from 'pg';
import {
  bulkDelete,
  bulkInsert,
  bulkInsertThen,
  bulkPatch,
  bulkUpsert,
  migrate,
  openPool,
  UnwritableValue,
  type Columns,
  type RowOf,
} from '#projection-engine';
import { testDatabases, type TestDatabase } from '#testing';

const columns = {
  id: 'int4',
  words: 'text?',
  amount_minor: 'int8?',
  on_day: 'date?',
  at: 'timestamptz?',
  yes: 'bool?',
  doc: 'json?',
} as const satisfies Columns;
type Row = RowOf<typeof columns>;

const empty: Omit<Row, 'id'> = { words: null, amount_minor: null, on_day: null, at: null, yes: null, doc: null };
const full: Row = {
  id: 1,
  words: 'a "quote", a \\ backslash, {braces}, NULL, \n a line, 𝕌nicode',
  amount_minor: -9_007_199_254_740_991,
  on_day: '2026-02-28',
  at: '2026-06-01T00:00:00.123Z',
  yes: true,
  doc: '{"a":"\\"x\\"","b":[1,null]}',
};

describe.each(testDatabases())('bulk statements on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let schema: string;
  let schemas = 0;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 4 });
    schema = `spec_${(schemas += 1)}`;
    const sql = `CREATE TABLE things (id int PRIMARY KEY, words text, amount_minor bigint, on_day date, at timestamptz,
      yes boolean, doc json)`;
    await migrate(pool, schema, [{ name: '0001', sql }]);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() => pool.query(`TRUNCATE ${schema}.things`));

  const rows = async (): Promise<unknown[]> => (await pool.query(`SELECT * FROM ${schema}.things ORDER BY id`)).rows;
  const asRead = (row: Row) => ({ ...row, doc: row.doc === null ? null : (JSON.parse(row.doc) as unknown) });

  it('writes every value as it is, and reads it back as it was', async () => {
    await bulkInsert('things', columns).run(pool, schema, [full, { id: 2, ...empty }]);
    expect(await rows()).toEqual([full, { id: 2, ...empty }].map(asRead));
  });

  it('replaces with an upsert, and leaves with an insert, what is there already', async () => {
    const upsert = bulkUpsert('things', columns, ['id']);
    const later = { ...full, words: 'later', doc: null };
    await upsert.run(pool, schema, [full]);
    await bulkInsert('things', columns).run(pool, schema, [later]);
    expect(await rows()).toEqual([asRead(full)]);
    await upsert.run(pool, schema, [later, { id: 2, ...empty }]);
    expect(await rows()).toEqual([later, { id: 2, ...empty }]);
  });

  it('patches what is given and deletes what is named', async () => {
    await bulkInsert('things', columns).run(pool, schema, [full, { ...full, id: 2 }]);
    const patch = bulkPatch('things', { id: 'int4', words: 'text?', amount_minor: 'int8?' }, ['id']);
    await patch.run(pool, schema, [
      { id: 1, words: 'new', amount_minor: null },
      { id: 3, words: 'nobody', amount_minor: 1 },
    ]);
    await bulkDelete('things', { id: 'int4' }).run(pool, schema, [{ id: 2 }]);
    expect(await rows()).toEqual([asRead({ ...full, words: 'new' })]);
  });

  it('adds up what is new, and that once', async () => {
    const sum = `INSERT INTO ${schema}.things (id, amount_minor) SELECT 0, sum(amount_minor) FROM inserted
      HAVING count(*) > 0 ON CONFLICT (id) DO UPDATE SET amount_minor = things.amount_minor + excluded.amount_minor`;
    const counted = bulkInsertThen('things', { id: 'int4', amount_minor: 'int8' }, () => sum);
    await counted.run(
      pool,
      schema,
      [1, 2].map((id) => ({ id, amount_minor: id })),
    );
    for (let n = 0; n < 2; n += 1)
      await counted.run(
        pool,
        schema,
        [2, 3].map((id) => ({ id, amount_minor: id })),
      );
    const { rows: sums } = await pool.query(`SELECT id, amount_minor FROM ${schema}.things ORDER BY id`);
    expect(sums).toEqual([6, 1, 2, 3].map((amount_minor, index) => ({ id: index, amount_minor })));
  });

  it.each([
    [{ words: 'a\0b' }],
    [{ words: undefined }],
    [{ amount_minor: 0.5 }],
    [{ amount_minor: Number.NaN }],
    [{ yes: 'true' }],
    [{ doc: undefined }],
  ])('refuses %j before it is sent', async (wrong) => {
    const row = { id: 1, ...empty, ...wrong } as Row;
    await expect(bulkInsert('things', columns).run(pool, schema, [row])).rejects.toThrow(UnwritableValue);
  });

  it('needs no statement for no rows', async () => {
    await bulkInsert('no_such_table', columns).run(pool, schema, []);
  });

  it('migrates once, also when several processes start together', async () => {
    const fresh = `spec_${(schemas += 1)}`;
    const steps = [
      { name: '0002', sql: 'ALTER TABLE t ADD COLUMN b int' },
      { name: '0001', sql: 'CREATE TABLE t (a int)' },
    ];
    const applied = await Promise.all([1, 2, 3].map(() => migrate(pool, fresh, steps)));
    expect(applied.flat()).toEqual(['0001', '0002']);
    await expect(migrate(pool, 'x; DROP', [])).rejects.toThrow('no name for a schema');
  });
});
