import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoice, License, List } from '#contracts';
import { EventStore } from '#event-store';
import { licenseStream } from '#license';
import { testDatabases, type TestDatabase } from '#testing';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { ServerProcess } from '../support/server-process.js';

interface Run {
  readonly runId: string;
  readonly status: string;
  readonly due: number;
  readonly done: number;
  readonly failed: number;
  readonly failures: readonly { readonly licenseId: string; readonly dueAt: string; readonly reason: string }[];
}

interface Job {
  readonly jobId: string;
  readonly licenseId: string;
  readonly attempts: number;
  readonly reason: string;
}

const july = '2026-07-01T00:00:00.000Z';
const healthy = Array.from({ length: 20 }, (_, n) => `healthy-${n}.example`);
const unreadableReason = "'SeatsTeleported' is not an event of a license";
const planlessReason = "plan 'ghost' has no price in USD per month";

describe('licenses that can not be renewed', () => {
  const folder = temporaryFolder();
  let eventStore: ServerProcess;
  let redis: ServerProcess;
  let database: TestDatabase;
  let store: EventStore;
  let env: Record<string, string>;
  let api: LedgerProcess;
  let worker: LedgerProcess;
  let unreadable: string;
  let planless: string;

  beforeAll(async () => {
    eventStore = await ServerProcess.eventStore(folder.path);
    redis = await ServerProcess.redis(folder.path);
    const kind = testDatabases().at(-1);
    if (kind === undefined) throw new Error('there is no database to test on');
    database = await kind.open();
    store = new EventStore(eventStore.url);
    env = {
      EVENTSTORE_CONNECTION_STRING: eventStore.url,
      DATABASE_URL: database.connectionString,
      REDIS_URL: redis.url,
    };
    api = await startApi('2026-06-01T09:00:00Z');
    const terms = { seats: 5, paidThrough: '2026-06-02' };
    for (const domain of healthy) await api.register(domain, terms);
    [unreadable, planless] = [await licenseIdOf('unreadable.example'), await licenseIdOf('planless.example')];
    await append(unreadable, 'SeatsTeleported', {});
    // On a plan of which nobody has heard, from July on.
    const scheduled = { fromPlanId: 'team', toPlanId: 'ghost', effectiveOn: '2026-07-01' };
    await append(planless, 'PlanChangeScheduled', { effectiveAt: '2026-06-01T09:00:00.000Z', ...scheduled });

    async function licenseIdOf(domain: string): Promise<string> {
      return (await api.register(domain, terms)).split('/').at(-1) ?? '';
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await store.close();
    await database.drop();
    await redis.halt();
    await eventStore.halt();
    folder.remove();
  }, 60_000);

  it('are listed by the billing run with the reason, and stop no other', async () => {
    await api.stop();
    api = await startApi(july);
    const started = await api.post<Run>('/v1/billing/runs', {}, { key: 'july' });
    expect(started.body).toMatchObject({ status: 'running', due: healthy.length + 2, done: 0 });
    worker = await LedgerProcess.start(folder.path, { ...env, LEDGER_TEST_CLOCK: july }, ['--roles', 'worker']);
    await until(async () => (await run(started.body)).status === 'finished');
    const over = await run(started.body);
    expect(over).toMatchObject({ due: healthy.length + 2, done: healthy.length, failed: 2 });
    expect([...over.failures].sort(byReason)).toEqual([
      { licenseId: unreadable, dueAt: july, reason: expect.stringContaining(unreadableReason) as string },
      { licenseId: planless, dueAt: july, reason: expect.stringContaining(planlessReason) as string },
    ]);
    const issued = await api.all<Invoice>('/v1/invoices?issuedFrom=2026-07-01');
    expect(issued.map(({ domain }) => domain).sort()).toEqual([...healthy].sort());
  }, 120_000);

  it('are listed for operators, with the reason', async () => {
    await until(async () => (await failedJobs()).length === 2);
    expect([...(await failedJobs())].sort(byReason)).toMatchObject([
      { licenseId: unreadable, attempts: 3, reason: unreadableReason },
      { licenseId: planless, attempts: 3, reason: planlessReason },
    ]);
  }, 60_000);

  it('fail again when they are tried again unmended', async () => {
    expect((await retry(unreadable)).status).toBe(202);
    await until(async () => (await failedJobs()).length === 2);
  }, 60_000);

  it('are renewed when they are tried again after the mend, and shown once the projection is told', async () => {
    const prices = [{ currency: 'USD', interval: 'month', amount: 700 }];
    expect((await api.put('/v1/plans/ghost', { name: 'Ghost', prices })).status).toBe(200);
    expect((await retry(planless)).status).toBe(202);
    await until(async () => (await eventTypes(planless)).includes('PlanChanged'));
    expect((await eventTypes(planless)).slice(-3)).toEqual(['PlanChangeScheduled', 'PlanChanged', 'InvoiceIssued']);
    await until(async () => (await failedJobs()).length === 1);

    // Its rows still wait, which is told as what it is: neither done nor for ever under way.
    const { body } = await api.post<Run>('/v1/billing/runs');
    expect(body).toMatchObject({ status: 'finished', due: 2, done: 0, failed: 2 });

    await api.stop();
    api = await startApi(july);
    const license = (await api.get<License>(`/v1/licenses/${planless}`)).body;
    expect(license).toMatchObject({ planId: 'ghost', cycle: { index: 1 }, propagation: { pending: 1 } });
    const last = await api.post<Run>('/v1/billing/runs');
    expect(last.body).toMatchObject({ status: 'finished', due: 1, failed: 1, failures: [{ licenseId: unreadable }] });
  }, 120_000);

  function startApi(now: string): Promise<LedgerProcess> {
    return LedgerProcess.start(folder.path, { ...env, LEDGER_TEST_CLOCK: now }, ['--roles', 'api,projector']);
  }

  async function run({ runId }: Run): Promise<Run> {
    return (await api.get<Run>(`/v1/billing/runs/${runId}`)).body;
  }

  async function failedJobs(): Promise<readonly Job[]> {
    return (await api.get<List<Job>>('/v1/operations/jobs?kind=renewal')).body.items;
  }

  async function retry(licenseId: string) {
    const job = (await failedJobs()).find((each) => each.licenseId === licenseId);
    return api.post(`/v1/operations/jobs/renewal/${job?.jobId}/retry`, {}, { as: { role: 'support' } });
  }

  async function eventTypes(licenseId: string): Promise<string[]> {
    const types: string[] = [];
    for await (const { type } of store.readStream(licenseStream(licenseId))) types.push(type);
    return types;
  }

  async function append(licenseId: string, type: string, data: object): Promise<void> {
    const stream = licenseStream(licenseId);
    const metadata = { commandId: randomUUID(), schemaVersion: 1, actor: { id: 'nobody', role: 'admin' } };
    const event = { id: randomUUID(), type, json: JSON.stringify(data), metadataJson: JSON.stringify(metadata) };
    const expectedRevision = BigInt((await eventTypes(licenseId)).length - 1);
    expect(await store.append({ stream, expectedRevision, events: [event] })).toMatchObject({ written: true });
  }
});

/** The unreadable one first. */
function byReason(a: { readonly reason: string }, b: { readonly reason: string }): number {
  return a.reason < b.reason ? -1 : 1;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
