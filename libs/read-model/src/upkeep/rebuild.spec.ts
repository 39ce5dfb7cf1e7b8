import type pg from 'pg';
import { BatchWriter, CheckpointMoved, CheckpointStore } from '#projection-engine';
import {
  LedgerProjection,
  ledgerSchema,
  projectedPrefixes,
  rebuildLedger,
  rebuildSchema,
  type RebuildOptions,
} from '#read-model';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
const seed = 7;
const licenses = 12;

describe.each(testDatabases())('rebuilding the read model on $kind', ({ kind, open }) => {
  let database: TestDatabase;
  let ledger: PlayedLedger;

  beforeEach(async () => {
    database = await open();
    ledger = await PlayedLedger.open(database.connectionString);
    await ledger.player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
    await ledger.player.plan('pro', '2000-01-01T00:00:00.000Z', 2_000);
    await ledger.player.customers(licenses, seed);
    await ledger.project();
    await new CheckpointStore(ledgerSchema, 'ledger').complete(ledger.pool);
  }, 60_000);
  afterEach(async () => {
    await ledger.stop();
    await database.drop();
  });

  const rebuild = (options: Partial<RebuildOptions> = {}) =>
    rebuildLedger({
      ...{ pool: ledger.pool, store: ledger.store, log: silent, progress: () => undefined },
      signal: new AbortController().signal,
      ...options,
    });
  const sql = async <T>(text: string) => (await ledger.pool.query(text)).rows as T[];
  const schemas = async () =>
    (
      await sql<{ name: string }>(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'ledger%' ORDER BY 1`)
    ).map(({ name }) => name);
  /** Every row but those that the projector keeps for itself; json by its meaning. */
  const content = async () => {
    const tables = await sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${ledgerSchema}'
       AND table_type = 'BASE TABLE' AND table_name NOT IN ('schema_migrations', 'projection_checkpoints') ORDER BY 1`,
    );
    const rows = await Promise.all(
      tables.map(async ({ name }) => [
        name,
        await sql(`SELECT row_to_json(t)::jsonb - 'parked_at' AS row FROM ${ledgerSchema}.${name} AS t ORDER BY 1`),
      ]),
    );
    return Object.fromEntries(rows) as Record<string, unknown[]>;
  };
  const oid = async () =>
    (await sql<{ oid: number }>(`SELECT '${ledgerSchema}.licenses'::regclass::oid AS oid`))[0]?.oid;

  it('gives the same content in other tables, and leaves nothing behind', async () => {
    const [before, table] = [await content(), await oid()];
    expect(before['licenses']).toHaveLength(licenses);
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
    expect(await content()).toEqual(before);
    expect(await oid()).not.toBe(table);
    expect(await schemas()).toEqual([ledgerSchema]);
  });

  it('goes on while customers act, the projector projects and queries are asked, which never see anything else', async () => {
    const stop = ledger.follow();
    let goOn = true;
    const acting = (async () => {
      for (let round = 1; goOn; round += 1) await ledger.player.customers(8, seed + round, `round-${round}`);
    })();
    const seen = { licenses: 0, revisions: 0, answers: 0 };
    const asking = (async () => {
      while (goOn) {
        const [row] = await sql<{ licenses: number; revisions: number; wrong: number }>(`
          SELECT count(*)::int AS licenses, coalesce(sum(revision), 0)::int AS revisions,
            count(*) FILTER (WHERE (state->>'creditBalanceMinor')::bigint <> (
              SELECT coalesce(sum(amount_minor), 0) FROM ${ledgerSchema}.credit_entries c WHERE c.license_id = l.license_id
            ) OR (state->>'invoices')::int <> (
              SELECT count(*) FROM ${ledgerSchema}.invoices i WHERE i.license_id = l.license_id
            ))::int AS wrong
          FROM ${ledgerSchema}.licenses l`);
        // Nothing is ever missing that was there, and no row is without those that belong to it.
        expect(row?.wrong).toBe(0);
        expect(row?.licenses).toBeGreaterThanOrEqual(seen.licenses);
        expect(row?.revisions).toBeGreaterThanOrEqual(seen.revisions);
        Object.assign(seen, row, { answers: seen.answers + 1 });
      }
    })();
    const outcomes = [];
    for (let round = 0; round < 3; round += 1) outcomes.push(await rebuild());
    goOn = false;
    await Promise.all([acting, asking]);
    await stop();
    expect(outcomes).toEqual(Array(3).fill({ outcome: 'switched', differences: [] }));
    expect(seen.answers).toBeGreaterThan(10);
    // The projector, which was overtaken three times, has gone on to the end.
    await ledger.project();
    const projected = await content();
    expect(projected['licenses']?.length).toBeGreaterThan(licenses);
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
    expect(await content()).toEqual(projected);
  }, 120_000);

  it('goes on where it was stopped', async () => {
    const before = await content();
    const stopping = new AbortController();
    const stopped = rebuild({
      signal: stopping.signal,
      progress: ({ doing }) => {
        if (doing === 'comparing') stopping.abort(new Error('the machine went off'));
      },
    });
    await expect(stopped).rejects.toThrow('the machine went off');
    expect(await schemas()).toEqual([ledgerSchema, rebuildSchema]);
    const filled = await new CheckpointStore(rebuildSchema, 'ledger').read(ledger.pool);
    expect(filled?.position).not.toBe('start');
    // What is filled already is not filled again: a row that was changed meanwhile would come back as it was.
    await sql(`UPDATE ${rebuildSchema}.staff SET role = 'changed'`);
    expect(await rebuild()).toMatchObject({ outcome: 'differs' });
    expect(await rebuild({ fresh: true })).toEqual({ outcome: 'switched', differences: [] });
    expect(await content()).toEqual(before);
  });

  it.each([
    ['changed', `UPDATE ${ledgerSchema}.credit_entries SET amount_minor = amount_minor + 1`],
    ['lost', `DELETE FROM ${ledgerSchema}.invoices`],
    [
      'doubled',
      `INSERT INTO ${ledgerSchema}.staff (license_id, staff_id, role, status) SELECT license_id, 'twin', 'agent', 'active' FROM ${ledgerSchema}.licenses`,
    ],
    ['changed where no license is', `UPDATE ${ledgerSchema}.plan_editions SET name = 'other'`],
    ['parked', `INSERT INTO ${ledgerSchema}.parked_streams VALUES ('license-x', 'id', 'type', 0, 'because')`],
  ])('leaves it to somebody to decide when rows were %s, and then mends them', async (_, spoil) => {
    const [before, table] = [await content(), await oid()];
    await sql(spoil);
    const { outcome, differences } = await rebuild();
    expect(outcome).toBe('differs');
    expect(differences.length).toBeGreaterThan(0);
    expect(await oid()).toBe(table);
    expect(await schemas()).toEqual([ledgerSchema, rebuildSchema]);
    const accepted = await rebuild({ accept: true });
    expect(accepted.outcome).toBe('switched');
    expect(accepted.differences.length).toBeGreaterThan(0);
    expect(await content()).toEqual(before);
    expect(await schemas()).toEqual([ledgerSchema]);
  });

  it('switches to rows that are exactly as far as those that served, on whichever side events are missing', async () => {
    await ledger.player.customers(3, seed, 'later');
    await ledger.project();
    const before = await content();
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
    expect(await content()).toEqual(before);

    await ledger.player.customers(3, seed, 'latest');
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
    const after = await content();
    expect(after['licenses']).toHaveLength(licenses + 6);
    await ledger.project();
    expect(await content()).toEqual(after);
  });

  it('makes void what the projector has in hand at that moment, and waits with', async () => {
    await ledger.player.customers(2, seed, 'last');
    const writer = await BatchWriter.open(ledger.pool, new LedgerProjection());
    const events = [];
    for await (const event of ledger.store.readAll({ after: writer.position, prefixes: projectedPrefixes }))
      events.push(event);
    const checkpoint = events.at(-1)?.position ?? (await ledger.store.lastPosition());
    const prepared = await writer.prepare({ events, checkpoint, caughtUp: true });
    let writing: Promise<unknown> = Promise.resolve();
    // The schemas are about to change their names: now the projector comes, and has to wait for the checkpoint.
    const pool = pausingPool(ledger.pool, 'ALTER SCHEMA', async () => {
      writing = writer.commit(prepared).catch((error: unknown) => error);
      if (kind === 'PostgreSQL') await until(async () => (await waitingForLocks()) > 0);
    });
    expect(await rebuild({ pool })).toEqual({ outcome: 'switched', differences: [] });
    expect(await writing).toBeInstanceOf(CheckpointMoved);
    const after = await content();
    await ledger.project();
    expect(await content()).toEqual(after);
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
  });

  const waitingForLocks = async () =>
    (await sql<{ count: number }>(`SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted`))[0]?.count ?? 0;
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('fills what was never complete, since nobody is answered from it', async () => {
    const before = await content();
    await sql(`DROP SCHEMA ${ledgerSchema} CASCADE`);
    expect(await rebuild()).toEqual({ outcome: 'filled', differences: [] });
    expect(await content()).toEqual(before);
    expect(await new CheckpointStore(ledgerSchema, 'ledger').isComplete(ledger.pool)).toBe(true);
  });

  it('sweeps up what a rebuild left that was killed right after the switch', async () => {
    await sql(`CREATE SCHEMA ${ledgerSchema}_retired`);
    expect(await rebuild()).toEqual({ outcome: 'switched', differences: [] });
    expect(await schemas()).toEqual([ledgerSchema]);
  });
});

/** A pool whose transactions stop once before the first statement that begins so. */
function pausingPool(pool: pg.Pool, beginning: string, meanwhile: () => Promise<void>): pg.Pool {
  let isPaused = false;
  return new Proxy(pool, {
    get(target, name) {
      if (name !== 'connect') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async () => {
        const client = await target.connect();
        const query = client.query.bind(client) as (sql: string, parameters?: unknown[]) => Promise<unknown>;
        return {
          release: (error?: Error) => client.release(error),
          query: async (sql: string, parameters?: unknown[]) => {
            if (sql.startsWith(beginning) && !isPaused) {
              isPaused = true;
              await meanwhile();
            }
            return query(sql, parameters);
          },
        };
      };
    },
  });
}
