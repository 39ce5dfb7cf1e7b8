import type pg from 'pg';
import type { Position } from '#event-store';
import {
  BatchWriter,
  migrate,
  openPool,
  Progress,
  Projector,
  projectorTables,
  type EventSource,
  type ProjectorLog,
} from '#projection-engine';
import { breakingPool, TallyProjection, tallyTable, testDatabases, TestLog, type TestDatabase } from '#testing';

const silent: ProjectorLog = { log: () => undefined, warn: () => undefined, error: () => undefined };

describe.each(testDatabases())('Projector on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let schema: string;
  let schemas = 0;
  let log: TestLog;
  let progress: Progress;
  let projectors: Projector[];

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 4 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(async () => {
    schema = `spec_${(schemas += 1)}`;
    await migrate(pool, schema, [projectorTables, tallyTable]);
    log = new TestLog();
    // What is waited for is what the database says, not what the projector under test claims.
    progress = new Progress(async () => {
      const { position } = await BatchWriter.open(pool, new TallyProjection(schema));
      return position === 'start' ? null : position;
    });
    projectors = [];
  });
  afterEach(() => Promise.all(projectors.map((projector) => projector.stop())));

  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) log.append(`tally-${n % 7}`, { type: 'Added', data: { amount: 1 } });
  };
  const source: EventSource = (from, signal) => log.follow(from, signal, 5);
  const start = (options: Partial<ConstructorParameters<typeof Projector>[0]> = {}) => {
    const projector = new Projector({
      pool,
      projection: new TallyProjection(schema),
      source,
      progress: new Progress(() => Promise.resolve(null)),
      log: silent,
      limits: { maxEvents: 20, maxWaitMs: 50 },
      retryMs: 5,
      ...options,
    });
    projectors.push(projector);
    projector.start();
    return projector;
  };
  const end = (): Position => log.events.at(-1)?.position ?? { commit: 0n, prepare: 0n };
  const arrived = async () => {
    expect(await progress.waitFor(end(), 10_000)).toBe(true);
    const { rows } = await pool.query<{ total: number }>(`SELECT sum(total)::bigint AS total FROM ${schema}.tallies`);
    return rows[0]?.total;
  };

  it('catches up, then follows', async () => {
    add(100);
    const projector = start();
    expect(await arrived()).toBe(100);
    add(3);
    expect(await arrived()).toBe(103);
    await projector.stop();
    expect(projector.status()).toMatchObject({ running: false, active: false, eventsTotal: 103 });
  });

  it('says where it stands', async () => {
    add(10);
    const told = new Progress(() => Promise.resolve(null));
    const projector = start({ progress: told });
    await arrived();
    expect(await told.waitFor(end(), 1_000)).toBe(true);
    expect(projector.status()).toMatchObject({
      active: true,
      caughtUp: true,
      position: end(),
      lagMs: 0,
      eventsPerSecond: 1,
      parkedStreams: 0,
      lastError: null,
    });
  });

  it('goes on after the subscription and the database have failed, and loses nothing', async () => {
    add(60);
    let failures = 0;
    const failing: EventSource = async function* (from, signal) {
      for await (const batch of source(from, signal)) {
        yield batch;
        if (failures < 3) {
          failures += 1;
          throw new Error('the node went away');
        }
      }
    };
    let commits = 0;
    const breaking = breakingPool(pool, (sql) => sql === 'COMMIT' && (commits += 1) % 2 === 0 && commits < 8);
    const said: string[] = [];
    start({ source: failing, pool: breaking, log: { ...silent, error: (message) => said.push(message) } });
    expect(await arrived()).toBe(60);
    expect(said.join('\n')).toContain('the node went away');
    expect(commits).toBeGreaterThan(3);
  });

  it('shares a projection with another one, each event counted once', async () => {
    const [one, other] = [start(), start()];
    for (let round = 0; round < 10; round += 1) {
      add(20);
      await arrived();
    }
    expect(await arrived()).toBe(200);
    await one.stop();
    add(20);
    expect(await arrived()).toBe(220);
    expect(other.status().active).toBe(true);
  });

  it('parks loudly and takes parked streams up at the next start', async () => {
    const said: string[] = [];
    log.append('tally-bad', { type: 'Doubled', data: { amount: 2 } });
    add(7);
    const first = start({ log: { ...silent, error: (message) => said.push(message) } });
    expect(await arrived()).toBe(7);
    expect(first.status().parkedStreams).toBe(1);
    expect(said.join()).toMatch(/parked tally-bad: Doubled .* could not be projected: what is Doubled\?/);
    await first.stop();
    add(1);
    start({ projection: new TallyProjection(schema, ['Added', 'Doubled']) });
    expect(await arrived()).toBe(10);
  });

  it('retries what is parked on request', async () => {
    log.append('tally-bad', { type: 'Doubled', data: { amount: 2 } });
    const projector = start();
    await arrived();
    expect(await projector.retryParked()).toBe(0);
    await projector.stop();
    await expect(projector.retryParked()).rejects.toThrow('not writing at the moment');
  });
});
