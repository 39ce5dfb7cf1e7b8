import { join } from 'node:path';
import { pino } from 'pino';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EmbeddedReadModel } from '#platform';
import { LedgerProcess, temporaryFolder, type Reply } from '../support/ledger-process.js';
import { ServerProcess } from '../support/server-process.js';

const limit = 30;

describe('limits of two API processes on one Redis', () => {
  const folder = temporaryFolder();
  let node: EventStoreNode;
  let readModel: EmbeddedReadModel;
  let redis: ServerProcess;
  let processes: [LedgerProcess, LedgerProcess];

  beforeAll(async () => {
    node = await startEventStoreNode({ dataFolder: join(folder.path, 'event-store') });
    readModel = await EmbeddedReadModel.start({
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: (error: Error) => {
        throw error;
      },
    });
    redis = await ServerProcess.redis(folder.path);
    const env = {
      EVENTSTORE_CONNECTION_STRING: node.connectionString,
      DATABASE_URL: readModel.connectionString,
      REDIS_URL: redis.url,
      LEDGER_RATE_PER_TOKEN: String(limit),
      LEDGER_RATE_PER_ADDRESS: String(limit),
      LEDGER_TRUSTED_PROXIES: '127.0.0.1',
    };
    const one = await LedgerProcess.start(folder.path, env);
    processes = [one, await LedgerProcess.start(folder.path, env, ['--roles', 'api'])];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await redis.halt();
    await readModel.stop();
    await node.stop();
    folder.remove();
  });

  /** Requests to both in turn, each from the address that `from` says. */
  async function ask(count: number, subject: string, from: (n: number) => string): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (let n = 0; n < count; n++) {
      const asking = { as: { role: 'support', subject }, headers: { 'x-forwarded-for': from(n) } } as const;
      replies.push(await processes[n % 2 ? 1 : 0].get('/v1/plans', asking));
    }
    return replies;
  }

  const refused = (replies: readonly Reply[]) => replies.filter(({ status }) => status === 429);

  it('count one token together, whatever addresses it comes from, and say when to come again', async () => {
    const replies = await ask(limit + 10, 'busy', (n) => `192.0.2.${n}`);
    expect(replies.slice(0, limit).map(({ status }) => status)).toEqual(Array(limit).fill(200));
    expect(refused(replies)).toHaveLength(10);
    for (const { headers, body } of refused(replies)) {
      expect(body).toMatchObject({ code: 'too-many-requests', status: 429 });
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
    expect(refused(await ask(2, 'quiet', () => '192.0.2.250'))).toEqual([]);
  }, 60_000);

  it('count one address together, whatever tokens it shows, and one network of IPv6 as one', async () => {
    const replies: Reply[] = [];
    for (let n = 0; n < limit + 4; n++) {
      const headers = { authorization: `Bearer none-${n}`, 'x-forwarded-for': `2001:db8:1:2::${n.toString(16)}` };
      replies.push(await processes[n % 2 ? 1 : 0].get('/v1/plans', { headers }));
    }
    expect(replies.map(({ status }) => status)).toEqual([...Array(limit).fill(401), ...Array(4).fill(429)]);
    expect(refused(await ask(1, 'quiet', () => '2001:db8:1:3::1'))).toEqual([]);
  }, 60_000);

  it('leave health open', async () => {
    for (let n = 0; n < limit + 5; n++) {
      expect((await processes[1].get('/health/live', { headers: { 'x-forwarded-for': '192.0.2.251' } })).status).toBe(
        200,
      );
    }
  });

  it('count in each process while Redis is away, and go on', async () => {
    await redis.halt();
    const put = { as: { role: 'admin' }, headers: { 'x-forwarded-for': '198.51.100.1' } } as const;
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    expect((await processes[1].put('/v1/plans/team', { name: 'Team', prices }, put)).status).toBe(200);
    const replies = await ask(3 * limit, 'away', (n) => `198.51.100.${2 + n}`);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(2 * limit);
    expect(refused(replies)).toHaveLength(limit);
    await redis.resume();
  }, 60_000);
});
