import type pg from 'pg';
import { SystemClock } from '#platform';
import { migrate, openPool } from '#projection-engine';
import { ledgerSchema, migrations } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { renewalOf } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import { SpecRedis } from '../spec-support/spec-redis.js';
import { until } from '../spec-support/until.js';
import { Workers } from '../workers/workers.js';
import { RenewalFailures } from './renewal-failures.js';

const id = (n: number) => `0637e301-e05d-505b-8267-${String(n).padStart(12, '0')}`;
const june = '2026-06-01T00:00:00.000Z';
const july = '2026-07-01T00:00:00.000Z';

describe.each(testDatabases())('the failures of a billing run on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let redis: SpecRedis;
  let queues: JobQueues;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 2 });
    await migrate(pool, ledgerSchema, migrations);
    redis = await SpecRedis.start();
    queues = await JobQueues.open(redis.place);
  });
  afterAll(async () => {
    await queues.onApplicationShutdown();
    await redis.stop();
    await pool.end();
    await database.drop();
  });

  const license = (n: number, nextDueAt: string) =>
    pool.query(
      `INSERT INTO ${ledgerSchema}.licenses (license_id, domain, billing_email, status, plan_id, next_due_at, revision, state)
       VALUES ($1, $2, 'b', 'active', 'team', $3, 1, '{}')`,
      [id(n), `${n}.example`, nextDueAt],
    );
  const parked = (stream: string) =>
    pool.query(
      `INSERT INTO ${ledgerSchema}.parked_streams (stream, event_id, event_type, revision, reason)
       VALUES ($1, 'e', 'SeatsTeleported', 3, 'what is that?')`,
      [stream],
    );

  it('are what was given up and is still due, and what stands still', async () => {
    await license(1, june);
    // Given up for June; somebody has touched it since.
    await license(2, july);
    await license(3, june);
    await license(4, june);
    for (const stream of [`license-${id(1)}`, `license-${id(3)}`, 'license-of-nobody', `propagation-${id(4)}`]) {
      await parked(stream);
    }
    const workers = new Workers(redis.place, queues, new SystemClock(), [
      { kind: 'renewal', concurrency: 4, handle: () => Promise.reject(new Error('its event can not be read')) },
    ]);
    workers.onApplicationBootstrap();
    await queues.add('renewal', [renewalOf(id(1), june), renewalOf(id(2), june)], () => 0);
    await until(async () => (await queues.counts('renewal')).failed === 2);
    await workers.onApplicationShutdown();

    const failures = new RenewalFailures(pool, queues);
    expect(await failures.of(june)).toEqual([
      { licenseId: id(1), dueAt: june, reason: 'its event can not be read' },
      { licenseId: id(3), dueAt: june, reason: 'what is that?' },
    ]);
    expect(await failures.of('2026-05-31T23:59:59.999Z')).toEqual([]);
  });
});
