import { join } from 'node:path';
import { pino } from 'pino';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EmbeddedReadModel, EmbeddedRedis } from '#platform';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

describe('two API processes on one event store and one read model', () => {
  const folder = temporaryFolder();
  let node: EventStoreNode;
  let readModel: EmbeddedReadModel;
  let redis: EmbeddedRedis;
  let one: LedgerProcess;
  let other: LedgerProcess;

  beforeAll(async () => {
    node = await startEventStoreNode({ dataFolder: join(folder.path, 'event-store') });
    const options = {
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: (error: Error) => {
        throw error;
      },
    };
    readModel = await EmbeddedReadModel.start(options);
    redis = await EmbeddedRedis.start(options);
    const env = {
      EVENTSTORE_CONNECTION_STRING: node.connectionString,
      DATABASE_URL: readModel.connectionString,
      REDIS_URL: redis.url,
    };
    one = await LedgerProcess.start(folder.path, env);
    other = await LedgerProcess.start(folder.path, env, ['--roles', 'api']);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    await redis.stop();
    await readModel.stop();
    await node.stop();
    folder.remove();
  });

  it('make one change of equal requests that reach both at once', async () => {
    const license = await one.register('acme.example');
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? one : other).post(`${license}/seat-changes`, { seats: 48 }, { key: 'k' }),
      ),
    );
    for (const { status, body } of replies) expect([status, body]).toEqual([201, replies[0]?.body]);
    expect((await one.get(license)).body).toMatchObject({ seats: 48, revision: 2 });
  });

  it('decide changes to one license one after another, whichever they reach', async () => {
    const license = await one.register('busy.example', { seats: 1 });
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? one : other).post(`${license}/seat-changes`, { seats: index + 2 }),
      ),
    );
    expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(replies.map(({ body }) => body['from'])).size).toBe(100);
  }, 60_000);

  it('read what the other has written, by its position', async () => {
    const license = await one.register('read.example');
    const { headers } = await one.post(`${license}/seat-changes`, { seats: 61 });
    const position = { 'ledger-min-position': headers.get('ledger-position') ?? '' };
    expect((await other.get(license, { headers: position })).body).toMatchObject({ seats: 61 });
  });

  it('know a new price before they charge by it', async () => {
    await one.register('first.example');
    const prices = [{ currency: 'USD', interval: 'month', amount: 700 }];
    await one.put('/v1/plans/team', { name: 'Team', prices });
    const license = { domain: 'next.example', billingEmail: 'b@next.example', planId: 'team', seats: 1 };
    const { headers } = await other.post('/v1/licenses', { ...license, currency: 'USD', interval: 'month' });
    const position = { 'ledger-min-position': headers.get('ledger-position') ?? '' };
    const { body } = await other.get('/v1/invoices/NEXT.EXAMPLE-0001', { headers: position });
    expect(body).toMatchObject({ total: { amount: 700 } });
  });
});
