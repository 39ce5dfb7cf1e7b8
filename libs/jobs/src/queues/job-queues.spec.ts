import { renewalOf } from '../due/due-work.js';
import { SpecRedis } from '../spec-support/spec-redis.js';
import { until } from '../spec-support/until.js';
import { JobQueues } from './job-queues.js';
import { RedisPlace } from './redis-place.js';

const july = '2026-07-01T00:00:00.000Z';
const acme = renewalOf('0637e301-e05d-505b-8267-486f5677de9b', july);
const duo = renewalOf('337b94ce-bac6-5008-8818-2f9a3b0843e9', july);

describe('the queues of jobs', () => {
  let redis: SpecRedis;
  let queues: JobQueues;

  beforeAll(async () => {
    redis = await SpecRedis.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.empty();
    queues = await JobQueues.open(redis.place);
  });
  afterEach(() => queues.onApplicationShutdown());

  it('hold a piece of work once, whoever finds it and however often', async () => {
    const other = await JobQueues.open(redis.place);
    await Promise.all([queues, other, queues].map((each) => each.add('renewal', [acme, duo], () => 0)));
    await other.onApplicationShutdown();
    expect(await queues.counts('renewal')).toEqual({ waiting: 2, active: 0, delayed: 0, failed: 0 });
  });

  it('keep what is not due yet until its time', async () => {
    await queues.add('renewal', [acme], () => 60_000);
    await queues.add('push', [acme], () => -5);
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 0, delayed: 1 });
    expect(await queues.counts('push')).toMatchObject({ waiting: 1, delayed: 0 });
  });

  it('take it again after they were emptied', async () => {
    await queues.add('renewal', [acme], () => 0);
    await redis.empty();
    await queues.add('renewal', [acme], () => 0);
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 1 });
  });

  it('are apart from those of another ledger on the same Redis', async () => {
    const other = await JobQueues.open(new RedisPlace(redis.place.url, 'other'));
    await other.add('renewal', [acme], () => 0);
    expect(await queues.counts('renewal')).toMatchObject({ waiting: 0 });
    await other.onApplicationShutdown();
  });
});

describe('the queues of jobs without Redis', () => {
  it('open all the same, refuse at once, and are of use again when it is there', async () => {
    const redis = await SpecRedis.start();
    const queues = await JobQueues.open(redis.place);
    await redis.stop();
    await until(() =>
      queues.ping().then(
        () => false,
        () => true,
      ),
    );
    const startedAtMs = performance.now();
    await expect(queues.add('renewal', [acme], () => 0)).rejects.toThrow();
    const nowhere = await JobQueues.open(new RedisPlace('redis://127.0.0.1:1', 'spec'));
    await expect(nowhere.counts('push')).rejects.toThrow();
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    await Promise.all([queues.onApplicationShutdown(), nowhere.onApplicationShutdown()]);
  });
});
