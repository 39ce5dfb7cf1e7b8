import { join } from 'node:path';
import { pino } from 'pino';
import type { List, Propagation } from '#contracts';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EmbeddedReadModel, EmbeddedRedis } from '#platform';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

interface Run {
  readonly runId: string;
  readonly status: string;
  readonly due: number;
  readonly done: number;
}

const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];

/** Roles as processes of their own, so that the workers can be away. */
describe('due work', () => {
  const folder = temporaryFolder();
  let node: EventStoreNode;
  let readModel: EmbeddedReadModel;
  let redis: EmbeddedRedis;
  let env: Record<string, string>;
  let api: LedgerProcess;

  beforeAll(async () => {
    const options = {
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: (error: Error) => {
        throw error;
      },
    };
    node = await startEventStoreNode({ dataFolder: join(folder.path, 'event-store') });
    readModel = await EmbeddedReadModel.start(options);
    redis = await EmbeddedRedis.start(options);
    env = {
      EVENTSTORE_CONNECTION_STRING: node.connectionString,
      DATABASE_URL: readModel.connectionString,
      REDIS_URL: redis.url,
      LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z',
      LEDGER_SUPPORT_CONTACT: 'support@ledger.example',
    };
    api = await LedgerProcess.start(folder.path, env, ['--roles', 'api,projector']);
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await redis.stop();
    await readModel.stop();
    await node.stop();
    folder.remove();
  });

  it('waits for a worker, is followed as a billing run, and is done when one comes', async () => {
    await api.put('/v1/plans/team', { name: 'Team', prices });
    const terms = { planId: 'team', seats: 5, currency: 'USD', interval: 'month', startedOn: '2026-06-01' };
    for (let n = 0; n < 20; n++) {
      const domain = `due-${n}.example`;
      expect((await api.post('/v1/licenses', { domain, billingEmail: `b@${domain}`, ...terms })).status).toBe(201);
    }
    const license = await api.register('late.example', { seats: 10 });
    const change = await api.post<{ changeId: string }>(`${license}/seat-changes`, { seats: 8 });

    // A worker of the past week would have made them past due and expired, and the change overdue.
    await api.stop();
    api = await LedgerProcess.start(folder.path, { ...env, LEDGER_TEST_CLOCK: '2026-06-20T00:00:00Z' }, [
      '--roles',
      'api,projector',
    ]);
    const running = await api.post<Run>('/v1/billing/runs', {}, { key: 'run-1' });
    expect([running.status, running.body]).toMatchObject([201, { status: 'running', due: 21, done: 0 }]);
    const path = `/v1/billing/runs/${running.body.runId}`;
    expect((await api.get<Run>(path)).body).toMatchObject({ status: 'running', due: 21, done: 0, failed: 0 });

    const worker = await LedgerProcess.start(folder.path, env, ['--roles', 'worker']);
    let seen = running.body;
    while (seen.status === 'running') seen = (await api.get<Run>(path)).body;
    expect(seen).toMatchObject({ status: 'finished', due: 21, done: 21, failed: 0, failures: [] });
    expect((await api.all('/v1/licenses?status=expired')).length).toBe(21);

    // The same request is told what it was told.
    expect((await api.post<Run>('/v1/billing/runs', {}, { key: 'run-1' })).body).toEqual(running.body);
    expect((await api.get('/v1/billing/runs/0637e301-e05d-505b-8267-486f5677de9b')).status).toBe(404);

    expect((await api.put('/v1/test-clock', { now: '2026-06-20T00:00:00Z' })).status).toBe(200);
    const { items } = (await api.get<List<Propagation>>('/v1/propagations?status=overdue')).body;
    expect(items.find(({ changeId }) => changeId === change.body.changeId)).toMatchObject({
      deadline: '2026-06-02T09:00:00.000Z',
      contact: 'support@ledger.example',
    });
    expect(await worker.stop()).toBe(0);
  }, 120_000);

  it('is seen by operators, and by nobody else', async () => {
    const { body } = await api.get<{ items: object[] }>('/v1/operations/queues', { as: { role: 'support' } });
    expect(body.items).toHaveLength(3);
    // What the worker had no time for when it was stopped stays queued; nothing was given up.
    expect((await api.get('/v1/operations/jobs?kind=push&state=failed')).body).toEqual({
      items: [],
      nextCursor: null,
    });
    for (const query of ['', '?kind=other', '?kind=push&state=lost', '?kind=push&cursor=x']) {
      expect((await api.get(`/v1/operations/jobs${query}`)).status).toBe(400);
    }
    expect((await api.post('/v1/operations/jobs/push/nobody/retry')).status).toBe(404);
    expect((await api.post('/v1/operations/jobs/other/nobody/retry')).status).toBe(404);
    const customer = { role: 'customer', email: 'b@due-1.example' } as const;
    expect((await api.get('/v1/operations/queues', { as: customer })).status).toBe(403);
  });
});
