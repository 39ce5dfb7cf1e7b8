import type pg from 'pg';
import { migrate, openPool } from '#projection-engine';
import { ledgerSchema, migrations, operationsMigrations, operationsSchema } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { deadlineOf, pushOf, renewalOf, type DueItem } from './due-work.js';
import { until } from '../spec-support/until.js';
import { ProjectedDueWork } from './projected-due-work.js';

const id = (n: number) => `0637e301-e05d-505b-8267-${String(n).padStart(12, '0')}`;
const june = (day: number, time = '00:00:00') => `2026-06-${String(day).padStart(2, '0')}T${time}.000Z`;

describe.each(testDatabases())('due work on $kind', ({ kind, open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let due: ProjectedDueWork;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 4 });
    await migrate(pool, operationsSchema, operationsMigrations);
    await migrate(pool, ledgerSchema, migrations);
    due = new ProjectedDueWork(pool);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() =>
    pool.query(`TRUNCATE ${ledgerSchema}.licenses, ${ledgerSchema}.propagations, ${operationsSchema}.push_attempts`),
  );

  const license = (n: number, nextDueAt: string | null) =>
    pool.query(
      `INSERT INTO ${ledgerSchema}.licenses (license_id, domain, billing_email, status, plan_id, next_due_at, revision, state)
       VALUES ($1, $2, 'b', 'active', 'team', $3, 1, '{}')`,
      [id(n), `${n}.example`, nextDueAt],
    );
  /** The change `n` of license `of`, asked for at a moment. */
  const change = (n: number, of: number, requestedAt: string, { status = 'pending', revision = n } = {}) =>
    pool.query(
      `INSERT INTO ${ledgerSchema}.propagations (change_id, license_id, revision, kind, status, requested_at, deadline)
       VALUES ($1, $2, $3, 'SeatsReduced', $4, $5::timestamptz, $5::timestamptz + interval '24 hours')`,
      [id(n), id(of), revision, status, requestedAt],
    );
  /** Whether somebody waits for the table of licenses. */
  const isAwaited = async (client: pg.PoolClient): Promise<boolean> => {
    const sql = `SELECT FROM pg_locks WHERE NOT granted AND relation = '${ledgerSchema}.licenses'::regclass`;
    return (await client.query(sql)).rowCount !== 0;
  };
  const attempted = (n: number, of: number, nextAttemptAt: string | null) =>
    pool.query(`INSERT INTO ${operationsSchema}.push_attempts VALUES ($1, $2, 1, 'no', $3)`, [
      id(n),
      id(of),
      nextAttemptAt,
    ]);

  it('is found in the order in which it fell due, page after page', async () => {
    for (const [n, at] of [
      [1, june(3)],
      [2, june(1)],
      [3, june(1)],
      [4, null],
      [5, june(9)],
    ] as const)
      await license(n, at);
    const walk = async (limit: number): Promise<DueItem[]> => {
      const found: DueItem[] = [];
      for (let page = await due.find('renewal', june(3), limit); page.length > 0;) {
        found.push(...page);
        page = await due.find('renewal', june(3), limit, { after: page.at(-1) });
      }
      return found;
    };
    const expected = [renewalOf(id(2), june(1)), renewalOf(id(3), june(1)), renewalOf(id(1), june(3))];
    for (const limit of [1, 2, 100]) expect(await walk(limit)).toEqual(expected);
    expect(await due.countRenewals(june(3))).toBe(3);
  });

  it('has a deadline for each change that is still pending', async () => {
    await change(1, 7, june(1));
    await change(2, 7, june(1), { status: 'propagated' });
    await change(3, 7, june(1), { status: 'overdue' });
    expect(await due.find('deadline', june(1, '23:59:59'), 10)).toEqual([]);
    expect(await due.find('deadline', june(2), 10)).toEqual([deadlineOf(id(1), id(7), june(2))]);
  });

  it('has one push for all changes of a license: at once for a new one, else when the next attempt is due', async () => {
    await change(1, 7, june(1));
    await attempted(1, 7, june(5));
    await change(2, 8, june(2));
    await change(3, 8, june(3));
    await change(4, 9, june(1), { status: 'overdue' });
    await attempted(4, 9, june(4));
    await change(5, 10, june(1), { status: 'propagated' });
    await change(6, 11, june(1));
    await attempted(6, 11, null);
    expect(await due.find('push', june(4), 10)).toEqual([pushOf(id(8), 3, june(2)), pushOf(id(9), 4, june(4))]);
    expect(await due.find('push', june(5), 10)).toContainEqual(pushOf(id(7), 1, june(5)));
    // Those that nobody has tried are then looked for from a moment on; what was tried is found whenever it was asked for.
    const recent = { changedSince: june(3) };
    expect(await due.find('push', june(4), 10, recent)).toEqual([pushOf(id(8), 3, june(3)), pushOf(id(9), 4, june(4))]);
    expect(await due.find('push', june(5), 10, { after: pushOf(id(9), 4, june(4)) })).toEqual([
      pushOf(id(7), 1, june(5)),
    ]);
  });

  it('is seen of all kinds as it is at one moment: what follows from done work is there when that is not', async () => {
    await license(1, june(1));
    const projecting = await pool.connect();
    await projecting.query('BEGIN');
    await projecting.query(`UPDATE ${ledgerSchema}.licenses SET next_due_at = NULL`);
    await projecting.query(
      `INSERT INTO ${ledgerSchema}.propagations (change_id, license_id, revision, kind, requested_at, deadline)
       VALUES ($1, $1, 2, 'LicensePastDue', $2, $3)`,
      [id(1), june(1), june(2)],
    );
    await projecting.query(`LOCK TABLE ${ledgerSchema}.licenses`);
    const looking = due.open(june(1), 10);
    if (kind === 'PostgreSQL') await until(async () => isAwaited(projecting)); // PGlite is one connection's at a time
    await projecting.query('COMMIT');
    projecting.release();
    expect(await looking).toEqual([pushOf(id(1), 2, june(1))]);
  });

  it('tells when the next of it falls due', async () => {
    expect(await due.nextAfter(june(1))).toBeNull();
    await license(1, june(20));
    expect(await due.nextAfter(june(1))).toBe(june(20));
    await change(1, 7, june(4));
    await attempted(1, 7, june(4, '12:00:00'));
    expect(await due.nextAfter(june(4))).toBe(june(4, '12:00:00'));
    expect(await due.nextAfter(june(4, '12:00:00'))).toBe(june(5));
    expect(await due.nextAfter(june(5))).toBe(june(20));
    expect(await due.nextAfter(june(20))).toBeNull();
  });

  it('is looked for by indexes, also among many that are due at once and many that never arrive', async () => {
    const many = 20_000;
    const [at, long, next] = [june(1), '2026-05-01T00:00:00Z', june(2)];
    await pool.query(
      `INSERT INTO ${ledgerSchema}.licenses (license_id, domain, billing_email, status, plan_id, next_due_at, revision, state)
       SELECT md5(n::text)::uuid, n::text, 'b', 'active', 'team', $1, 1, '{}' FROM generate_series(1, ${many}) AS n`,
      [at],
    );
    await pool.query(
      `INSERT INTO ${ledgerSchema}.propagations (change_id, license_id, revision, kind, status, requested_at, deadline)
       SELECT md5(n::text)::uuid, md5(n::text)::uuid, 1, 'SeatsReduced', 'overdue', $1, $1
       FROM generate_series(1, ${many}) AS n`,
      [long],
    );
    await pool.query(
      `INSERT INTO ${operationsSchema}.push_attempts (change_id, license_id, attempts, last_error, next_attempt_at)
       SELECT md5(n::text)::uuid, md5(n::text)::uuid, 9, 'away', $1 FROM generate_series(1, ${many}) AS n`,
      [next],
    );
    await pool.query('ANALYZE');
    const plans: string[] = [];
    const explaining = {
      query: async (sql: string, values: unknown[]) => {
        const { rows } = await pool.query<Record<string, string>>(`EXPLAIN ${sql}`, values);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return pool.query(sql, values);
      },
    };
    const looking = new ProjectedDueWork(explaining as unknown as pg.Pool);
    const page = await looking.find('renewal', at, 500);
    expect(await looking.find('renewal', at, 500, { after: page.at(-1) })).toHaveLength(500);
    expect(await looking.find('deadline', at, 500)).toEqual([]);
    expect(await looking.find('push', at, 500, { changedSince: at })).toEqual([]);
    expect(plans).toHaveLength(4);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|Hash/);
  }, 60_000);
});
